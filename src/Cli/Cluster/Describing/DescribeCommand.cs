using System.CommandLine;
using Bulkhead.Api.Contract;
using Bulkhead.Cli.Commands;
using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;
using Spectre.Console;

namespace Bulkhead.Cli.Cluster.Describing;

/// <summary><c>bulkhead describe NAME</c>: nodes, connections, conditions, events of an execution, and why it waits.</summary>
internal static class DescribeCommand
{
    /// <summary>The log comes from the worker's node, which may be the very thing that is broken.</summary>
    private static readonly TimeSpan LongestLog = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestEvents = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var (name, noColor) = (ClusterOptions.Name(), CommonOptions.NoColor());
        return new Command("describe", "Shows all that is known of an execution in a cluster: nodes, connections, conditions, events, why it waits.") { name, noColor }.InCluster(async (parsed, cluster, ct) =>
        {
            var execution = await cluster.ExecutionAsync(parsed.GetValue(name)!, ct);
            var now = TimeProvider.System.GetUtcNow();
            var lines = execution.Status?.Nodes?.Rows is { Count: > 0 } rows ? NodeLines.Of(rows) : await LinesOfWorkerAsync(cluster, execution, now, ct);
            var events = await TryAsync(cluster, "events", c => cluster.Client.ListAsync<Corev1Event>(execution.Namespace(), fieldSelector: $"involvedObject.uid={execution.Uid()}", cancellationToken: c), LongestEvents, ct);
            var console = Terminals.Out(parsed.GetValue(noColor));
            foreach (var part in Description.Of(execution, lines, events ?? [], now))
            {
                console.Write(part);
                console.WriteLine();
            }

            return ExitCode.Succeeded;
        });
    }

    /// <summary>Null: the log could not be read. None where there is no worker yet.</summary>
    private static async Task<IReadOnlyList<NodeLine>?> LinesOfWorkerAsync(ClusterAccess cluster, WorkflowExecutionEntity execution, DateTimeOffset now, CancellationToken ct) =>
        await TryAsync(cluster, "log", c => EventsOfWorkerAsync(cluster, execution, c), LongestLog, ct) is { } events ? NodeLines.Of(events, now) : null;

    private static async Task<List<ExecutionEvent>> EventsOfWorkerAsync(ClusterAccess cluster, WorkflowExecutionEntity execution, CancellationToken ct)
    {
        try
        {
            return await new WorkerLog(cluster.Client, _ => Task.FromResult(execution)).ReadAsync(ct).Select(WorkerLine.Event).OfType<ExecutionEvent>().ToListAsync(ct);
        }
        catch (ClusterFaultException)
        {
            return [];
        }
    }

    /// <summary>Null, and one line that says why: the rest is shown all the same.</summary>
    private static async Task<T?> TryAsync<T>(ClusterAccess cluster, string what, Func<CancellationToken, Task<T>> read, TimeSpan limit, CancellationToken ct)
        where T : class
    {
        var (found, fault) = await BestEffort.TryAsync(read, limit, cluster.Server, ct);
        if (fault is not null) ConsoleText.Tell($"{what} not read: {fault}");
        return found;
    }
}
