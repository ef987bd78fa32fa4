using System.CommandLine;
using Bulkhead.Cli.Commands;
using Bulkhead.Cli.Output;

namespace Bulkhead.Cli.Cluster;

/// <summary><c>bulkhead logs NAME</c>: what the worker of an execution said.</summary>
internal static class LogsCommand
{
    public static Command Create()
    {
        var name = ClusterOptions.Name();
        var follow = new Option<bool>("--follow", "-f") { Description = "Wait for the worker, and go on until the execution has ended." };
        var node = new Option<string?>("--node") { Description = "Only what this node, or branch, says." };
        var output = Choice.Of("--output", ["-o"], "text, or json: the worker's events as they are, one each line.", OutputFormat.Text);
        return new Command("logs", "Shows what the worker of an execution in a cluster says.") { name, follow, node, output }.InCluster(async (parsed, cluster, ct) =>
        {
            var log = new WorkerLog(cluster.Client, c => cluster.ExecutionAsync(parsed.GetValue(name)!, c));
            var lines = parsed.GetValue(follow) ? log.FollowAsync(said => Console.Error.WriteLine(Printable.Safe(said)), ct) : log.ReadAsync(ct);
            DateOnly? day = null;
            await foreach (var line in lines)
            {
                if (Shown(line, parsed.GetValue(node), parsed.GetValue(output), ref day) is { } text) Console.Out.WriteLine(text);
            }

            return ExitCode.Succeeded;
        });
    }

    /// <summary>Null: not asked for. Pure.</summary>
    internal static string? Shown(string line, string? node, OutputFormat format, ref DateOnly? day)
    {
        if (WorkerLine.IsResult(line)) return null; // Its status has it.
        if (WorkerLine.Event(line) is not { } e) return node is null && format == OutputFormat.Text ? Printable.Safe(line) : null;
        if (node is not null && e.Node != node && e.Branch != node) return null;
        if (format == OutputFormat.Json) return Printable.Escaped(line);
        var before = day;
        day = DateOnly.FromDateTime(e.Timestamp.UtcDateTime);
        return EventText.Of(e, before);
    }
}
