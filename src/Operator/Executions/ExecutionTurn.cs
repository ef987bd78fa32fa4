using System.Net;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Metrics;
using k8s.Autorest;
using k8s.Models;

namespace Bulkhead.Operator.Executions;

/// <summary>One turn of an execution: observe, plan, apply.</summary>
internal sealed class ExecutionTurn(Observer observer, Applier applier, ExecutionIndex index, ExecutionMetrics metrics, WaitingExecutions waiting, AdmissionLine line)
{
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterConflict = TimeSpan.FromMilliseconds(50);

    /// <returns>Null: the execution is gone.</returns>
    public async Task<Plan?> RunAsync(WorkflowExecutionEntity seen, CancellationToken ct)
    {
        if (await observer.ObserveAsync(seen, ct) is not { } observed)
        {
            await line.ForgetAsync(seen.Uid(), ct);
            return null;
        }

        var before = observed.Status;
        var plan = Planner.Plan(observed);
        try
        {
            if (await applier.ApplyAsync(observed, plan, ct) is { } refusal)
            {
                if (ReferenceEquals(refusal, Refusal.Outdated)) return plan with { Again = AfterConflict, IsReleased = false };
                await applier.RefusedAsync(observed, refusal, ct);
                plan = plan with { Again = AfterRefusal, IsReleased = false };
            }
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // Somebody wrote in between: nothing is lost, the next look sees both.
            return plan with { Again = AfterConflict, IsReleased = false };
        }

        index.Put(observed.Execution);
        waiting.Note(observed.Execution);
        await line.NoteAsync(observed.Execution, ct);
        metrics.Record(before, observed);
        return plan;
    }
}
