using System.Net;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Status;
using Bulkhead.Operator.Metrics;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Operator.Executions;

/// <summary>One turn of an execution: observe, plan, apply.</summary>
internal sealed class ExecutionTurn(
    Observer observer, Applier applier, ExecutionIndex index, ExecutionMetrics metrics, WaitingExecutions waiting, AdmissionLine line, Sights sights,
    ILogger<ExecutionTurn> log)
{
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterConflict = TimeSpan.FromMilliseconds(50);

    /// <returns>Null: the execution is gone.</returns>
    public async Task<Plan?> RunAsync(WorkflowExecutionEntity seen, CancellationToken ct)
    {
        using var span = TurnSpan.Start(seen);
        sights.Begin(seen.Uid());
        if (await observer.ObserveAsync(seen, ct) is not { } observed)
        {
            await line.ForgetAsync(seen.Uid(), ct);
            return null;
        }

        var (before, version, isRefused) = (observed.Status, observed.Execution.ResourceVersion(), false);
        var plan = Planner.Plan(observed);
        TurnSpan.Planned(span, plan);
        try
        {
            if (await applier.ApplyAsync(observed, plan, ct) is { } refusal)
            {
                if (ReferenceEquals(refusal, Refusal.Outdated)) return plan with { Again = AfterConflict, IsReleased = false };
                await applier.RefusedAsync(observed, refusal, ct);
                (plan, isRefused) = (plan with { Again = AfterRefusal, IsReleased = false }, true);
            }
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // Somebody wrote in between: nothing is lost, the next look sees both.
            return plan with { Again = AfterConflict, IsReleased = false };
        }
        catch (HttpOperationException e) when (IsRefused(e) && observed.Standing is { IsGranted: true } && !observed.Execution.Status.Is(ConditionTypes.Admitted, "True"))
        {
            // Its slot stands nowhere but in the line: kept for a write that is refused each time, it would be lost to all others.
            await line.ForgetAsync(seen.Uid(), ct);
            throw;
        }

        TurnSpan.End(span, observed.Execution);
        Tell(before, observed.Execution);
        index.Put(observed.Execution);
        waiting.Note(observed.Execution);
        await line.NoteAsync(observed.Execution, ct);
        metrics.Record(before, observed);
        if (!isRefused && plan.IsWhole) sights.End(seen.Uid(), version, observed.Execution.ResourceVersion(), plan.Again);
        return plan;
    }

    /// <summary>The server has surely not taken it; after any other error it may have.</summary>
    private static bool IsRefused(HttpOperationException e) => (int)e.Response.StatusCode is >= 400 and < 500;

    /// <summary>One line for each change of phase or of its reason.</summary>
    private void Tell(WorkflowExecutionStatus before, WorkflowExecutionEntity execution)
    {
        if (execution.Status is not { } now || (now.Phase, Deciding(now)) == (before.Phase, Deciding(before))) return;
        var failed = now.Nodes?.Rows?.FirstOrDefault(r => r.Status == nameof(NodeStatus.Failed))?.Name;
        Log.Changed(log, $"{execution.Namespace()}/{execution.Name()}", now.TenantId, now.Attempt, now.Phase, Deciding(now), failed);
    }

    private static string? Deciding(WorkflowExecutionStatus status) => status.CompletionTime is not null
        ? status.Reason(ConditionTypes.Succeeded)
        : status.Reason(ConditionTypes.PodReady) ?? status.Reason(ConditionTypes.Admitted);
}
