using System.CommandLine;
using Bulkhead.Api.Text;
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
            var lines = parsed.GetValue(follow) ? log.FollowAsync(ConsoleText.Tell, ct) : log.ReadAsync(ct);
            var (wanted, isAnyShown, speakers) = (parsed.GetValue(node), false, new SortedSet<string>(StringComparer.Ordinal));
            DateOnly? day = null;
            await foreach (var line in lines)
            {
                if (wanted is not null && WorkerLine.Event(line) is { } e) speakers.UnionWith(new[] { e.Node, e.Branch }.OfType<string>());
                if (Shown(line, wanted, parsed.GetValue(output), ref day) is not { } text) continue;
                isAnyShown = true;
                await Console.Out.WriteLineAsync(text);
            }

            if (wanted is not null && !isAnyShown) ConsoleText.Tell(Unheard(wanted, speakers));
            return ExitCode.Succeeded;
        });
    }

    /// <summary>Of a node that is spelt wrongly nothing comes, as of one that has not begun: who spoke tells which it is. Pure.</summary>
    internal static string Unheard(string wanted, IReadOnlyCollection<string> speakers)
    {
        const int Most = 30;
        var names = string.Join(", ", speakers.Take(Most).Select(s => Quoted.Short(s)));
        return $"The log has nothing of a node or branch '{Quoted.Short(wanted)}'. "
            + (speakers.Count == 0 ? "It has nothing of any." : $"It has: {names}{(speakers.Count > Most ? $" and {speakers.Count - Most} more" : "")}.");
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
