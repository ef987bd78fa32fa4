using System.CommandLine;
using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cli.Cluster;

/// <summary><c>bulkhead suspend|resume|stop|terminate|retry NAME</c>: what a person wants of an execution.</summary>
internal static class ControlCommands
{
    public static IEnumerable<Command> Create() =>
    [
        Create("suspend", "Ends the worker of an execution and releases its connections, until it is resumed."),
        Create("resume", "Lets a suspended execution go on, from its first node."),
        Create("stop", "Starts no new node of an execution; running ones end, then `finally` runs."),
        Create("terminate", "Cancels an execution now, without `finally`."),
        Create("retry", "Runs an execution that has ended again, from its first node."),
    ];

    private static Command Create(string verb, string description)
    {
        var name = ClusterOptions.Name();
        return new Command(verb, description) { name }.InCluster(async (parsed, cluster, ct) =>
        {
            var execution = await cluster.ExecutionAsync(parsed.GetValue(name)!, ct);
            var wanted = Wish.Of(verb, execution);
            if (wanted.Refused) throw new ClusterFaultException(wanted.Said, ExitCode.BadInput);
            if (wanted.Spec is { } spec)
            {
                // The uid: never an execution that has meanwhile taken the name.
                var patch = new V1Patch(new { metadata = new { uid = execution.Uid() }, spec }, V1Patch.PatchType.MergePatch);
                await cluster.Client.PatchAsync<WorkflowExecutionEntity>(patch, execution.Name(), execution.Namespace(), fieldManager: "bulkhead-cli", cancellationToken: ct);
            }

            Console.Out.WriteLine(Printable.Safe(wanted.Said));
            return ExitCode.Succeeded;
        });
    }
}
