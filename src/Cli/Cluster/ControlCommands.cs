using System.CommandLine;
using System.Net;
using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using k8s.Autorest;
using k8s.Models;

namespace Bulkhead.Cli.Cluster;

/// <summary><c>bulkhead suspend|resume|stop|terminate|retry NAME</c>: what a person wants of an execution.</summary>
internal static class ControlCommands
{
    private const int MostTries = 5;

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
            Console.Out.WriteLine(Printable.Safe(await JudgeAndWriteAsync(verb, cluster, execution, ct)));
            return ExitCode.Succeeded;
        });
    }

    /// <summary>What is written rests on what was read: where somebody was faster, it is read and judged again.</summary>
    private static async Task<string> JudgeAndWriteAsync(string verb, ClusterAccess cluster, WorkflowExecutionEntity execution, CancellationToken ct)
    {
        var (name, uid) = (execution.Name(), execution.Uid());
        for (var tries = 1; ; tries++)
        {
            var wanted = Wish.Of(verb, execution);
            if (wanted.Refused) throw new ClusterFaultException(wanted.Said, ExitCode.BadInput);
            if (wanted.Spec is not { } spec || await TryWriteAsync(cluster, execution, spec, ct)) return wanted.Said;
            if (tries == MostTries) throw new ClusterFaultException($"{name} is changed by others faster than this command can; it wrote nothing. Try again.", ExitCode.NoResult);
            execution = await cluster.ExecutionAsync(name, ct);
            if (execution.Uid() != uid) throw new ClusterFaultException($"{name} was deleted, and another execution has its name now; nothing was written.", ExitCode.BadInput);
        }
    }

    /// <returns>False: it is no longer what was judged, or no longer the same object (its uid).</returns>
    private static async Task<bool> TryWriteAsync(ClusterAccess cluster, WorkflowExecutionEntity execution, IReadOnlyDictionary<string, string> spec, CancellationToken ct)
    {
        var patch = new V1Patch(new { metadata = new { uid = execution.Uid(), resourceVersion = execution.ResourceVersion() }, spec }, V1Patch.PatchType.MergePatch);
        try
        {
            await cluster.Client.PatchAsync<WorkflowExecutionEntity>(patch, execution.Name(), execution.Namespace(), fieldManager: "bulkhead-cli", cancellationToken: ct);
            return true;
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            return false;
        }
    }
}
