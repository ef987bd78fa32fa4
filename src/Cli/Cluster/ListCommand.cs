using System.CommandLine;
using Bulkhead.Cli.Commands;
using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using Spectre.Console;

namespace Bulkhead.Cli.Cluster;

/// <summary><c>bulkhead list</c>: the executions of a namespace, or of all.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var phase = Choice.Many("--phase", $"Only those in this phase: {string.Join(", ", ExecutionFilter.AllPhases)}. May be repeated.", [.. ExecutionFilter.AllPhases]);
        var tenant = new Option<string?>("--tenant") { Description = "Only those of this tenant." };
        var (output, noColor) = (ObjectOutput.Option(), CommonOptions.NoColor());
        return new Command("list", "Lists executions in a cluster.") { ClusterOptions.AllNamespaces, phase, tenant, output, noColor }.InCluster(async (parsed, cluster, ct) =>
        {
            var (filter, format) = (new ExecutionFilter(parsed.GetValue(phase)!, parsed.GetValue(tenant)), parsed.GetValue(output));
            var ns = parsed.GetValue(ClusterOptions.AllNamespaces) ? null : cluster.Namespace;
            if (format.IsWhole())
            {
                var documents = await cluster.Client.ListAsync<ExecutionDocument>(ns, cancellationToken: ct);
                Console.Out.WriteLine(ObjectOutput.Text(format, filter.Of(documents, d => d.Entity())));
                return ExitCode.Succeeded;
            }

            var all = await cluster.Client.ListAsync<WorkflowExecutionEntity>(ns, cancellationToken: ct);
            var executions = filter.Of(all, e => e);
            if (executions.Count == 0) ConsoleText.Tell(filter.None(all.Count, ns));
            else if (format == ObjectFormat.Name) Console.Out.WriteLine(string.Join('\n', executions.Select(ObjectOutput.Name)));
            else Terminals.Out(parsed.GetValue(noColor)).Write(ExecutionTable.Of(executions, withNamespace: ns is null, TimeProvider.System.GetUtcNow()));
            return ExitCode.Succeeded;
        });
    }
}
