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
    public static Command Create()
    {
        var (name, noColor) = (ClusterOptions.Name(), CommonOptions.NoColor());
        return new Command("describe", "Shows all that is known of an execution in a cluster: nodes, connections, conditions, events, why it waits.") { name, noColor }.InCluster(async (parsed, cluster, ct) =>
        {
            var execution = await cluster.ExecutionAsync(parsed.GetValue(name)!, ct);
            var now = TimeProvider.System.GetUtcNow();
            var lines = execution.Status?.Nodes?.Rows is { Count: > 0 } rows ? NodeLines.Of(rows) : NodeLines.Of(await EventsOfWorkerAsync(cluster, execution, ct), now);
            var events = await cluster.Client.ListAsync<Corev1Event>(execution.Namespace(), fieldSelector: $"involvedObject.uid={execution.Uid()}", cancellationToken: ct);
            var console = Terminals.Out(parsed.GetValue(noColor));
            foreach (var part in Description.Of(execution, lines, events, now))
            {
                console.Write(part);
                console.WriteLine();
            }

            return ExitCode.Succeeded;
        });
    }

    /// <summary>None where there is no worker yet, or no right to its log.</summary>
    private static async Task<IReadOnlyList<ExecutionEvent>> EventsOfWorkerAsync(ClusterAccess cluster, WorkflowExecutionEntity execution, CancellationToken ct)
    {
        try
        {
            return await new WorkerLog(cluster.Client, _ => Task.FromResult(execution)).ReadAsync(ct).Select(WorkerLine.Event).OfType<ExecutionEvent>().ToListAsync(ct);
        }
        catch (Exception e) when (e is ClusterFaultException or k8s.Autorest.HttpOperationException)
        {
            return [];
        }
    }
}
