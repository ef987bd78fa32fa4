using System.CommandLine;
using Bulkhead.Cli.Commands;
using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cli.Cluster;

/// <summary><c>bulkhead list</c>: the executions of a namespace, or of all.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var phase = new Option<string[]>("--phase") { Description = "Only those in this phase: New, Waiting, Pending, Running, Releasing, Suspended, Succeeded, Failed, Cancelled. May be repeated.", DefaultValueFactory = _ => [] };
        var tenant = new Option<string?>("--tenant") { Description = "Only those of this tenant." };
        var (output, noColor) = (ObjectOutput.Option(), CommonOptions.NoColor());
        return new Command("list", "Lists executions in a cluster.") { ClusterOptions.AllNamespaces, phase, tenant, output, noColor }.InCluster(async (parsed, cluster, ct) =>
        {
            var all = parsed.GetValue(ClusterOptions.AllNamespaces);
            var executions = (await cluster.Client.ListAsync<WorkflowExecutionEntity>(all ? null : cluster.Namespace, cancellationToken: ct))
                .Where(e => parsed.GetValue(phase) is not { Length: > 0 } phases || phases.Contains(e.Phase(), StringComparer.OrdinalIgnoreCase))
                .Where(e => parsed.GetValue(tenant) is not { } wanted || e.Tenant() == wanted)
                .OrderBy(e => e.Namespace(), StringComparer.Ordinal).ThenBy(e => e.CreationTimestamp()).ThenBy(e => e.Name(), StringComparer.Ordinal).ToList();
            if (ObjectOutput.Text(parsed.GetValue(output), executions) is { } text) Console.Out.WriteLine(text);
            else if (executions.Count > 0) Terminals.Out(parsed.GetValue(noColor)).Write(ExecutionTable.Of(executions, all, TimeProvider.System.GetUtcNow()));
            else Console.Error.WriteLine(all ? "No executions in any namespace." : $"No executions in namespace {cluster.Namespace}; every namespace: -A");
            return ExitCode.Succeeded;
        });
    }
}
