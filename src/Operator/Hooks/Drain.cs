using System.Net;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Status;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Hooks;

/// <summary>
/// Before the operator is taken away: tells every execution to terminate, and waits until the operator, which still runs, has released them all. What it
/// leaves behind needs no operator: records without our finalizer.
/// </summary>
internal sealed class Drain(IKubernetesClient client, TextWriter output, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly V1Patch Terminate = new(new { spec = new { desiredState = "Terminated" } }, V1Patch.PatchType.MergePatch);

    /// <returns>Whether nothing is held any more.</returns>
    public async Task<bool> RunAsync(string? ns, TimeSpan within, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        for (var told = 0; ; await Task.Delay(LookAgain, clock, ct))
        {
            var held = (await client.ListAsync<WorkflowExecutionEntity>(ns, cancellationToken: ct)).Where(IsHeld).ToList();
            if (held.Count == 0)
            {
                await output.WriteLineAsync($"Every execution is ended and released; {told} were told to terminate.");
                return true;
            }

            if (clock.GetElapsedTime(began) > within)
            {
                await output.WriteLineAsync($"{held.Count} executions are not released after {within.TotalSeconds:0} s. Nothing was removed.");
                foreach (var execution in held) await output.WriteLineAsync($"  {Describe(execution)}");
                return false;
            }

            foreach (var execution in held.Where(MustBeTold))
            {
                if (await IsToldAsync(execution, ct)) told++;
            }
        }
    }

    /// <returns>False: it was deleted since it was listed.</returns>
    private async Task<bool> IsToldAsync(WorkflowExecutionEntity execution, CancellationToken ct)
    {
        try
        {
            await client.PatchAsync<WorkflowExecutionEntity>(Terminate, execution.Name(), execution.Namespace(), cancellationToken: ct);
            return true;
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private static bool IsHeld(WorkflowExecutionEntity execution) =>
        execution.Status?.CompletionTime is null || execution.HasFinalizer(Names.ReleaseFinalizer);

    private static bool MustBeTold(WorkflowExecutionEntity execution) =>
        execution is { Status.CompletionTime: null, Metadata.DeletionTimestamp: null, Spec.DesiredState: not "Terminated" };

    private static string Describe(WorkflowExecutionEntity execution)
    {
        var release = execution.Status.Condition(ConditionTypes.ConnectionsReleased);
        return $"{execution.Namespace()}/{execution.Name()} {execution.Status?.Phase ?? "not looked at"} {release?.Reason} {release?.Message}".TrimEnd();
    }
}
