using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;
using KubeOps.Abstractions.Events;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>One attempt, from its pod's creation to the moment when the pod is gone; then <see cref="SettlePlan"/>.</summary>
internal static class AttemptPlan
{
    /// <summary>Pods that wait for an image or a Secret change without an event of their own.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>The worker ends itself at its time limit; the operator only ends one that does not.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(5);

    public static Plan Plan(Observed o)
    {
        if (o.Status.Reason(ConditionTypes.PodReady) == Reasons.AttemptOver) return NextAttempt.Plan(o);
        if (o.Worker is not { } worker)
            return o.WasWorkerSeen ? SettlePlan.Plan(o, WorkerEnd.Vanished(o.Now)) : NotThere(o);
        if (!worker.IsOurs) return Conflict(o);
        if (Fence.IsGone(worker, o.Node)) return SettlePlan.Plan(o, WorkerEnd.Of(worker, o.Node, o.Now));
        if (o.IsOrphaningForced) return SettlePlan.Plan(o, WorkerEnd.Vanished(o.Now));
        if (worker.DeletingSince is not null) return Ending(o, worker);
        if (StopCause(o, worker) is var (reason, message)) return End(o, worker, reason, message);
        // Over, but its containers do not say so: the kubelet confirms a deletion only when it has ended them.
        if (worker.IsOver) return End(o, worker, worker.Reason ?? Reasons.WorkerEnded, worker.Message ?? "The pod is over.");
        return worker.IsRunning ? Running(o, worker) : Pending(o, worker);
    }

    /// <summary>Why the operator would end the worker now; null while it may go on.</summary>
    private static (string Reason, string Message)? StopCause(Observed o, PodFacts worker)
    {
        if (o.IsDeleting) return (Reasons.Deleted, "The execution is being deleted.");
        switch (o.Spec.DesiredState)
        {
            case "Suspended": return (Reasons.Suspended, "desiredState is Suspended.");
            case "Stopped": return (Reasons.Stopped, "desiredState is Stopped.");
            case "Terminated": return (Reasons.Terminated, "desiredState is Terminated.");
        }

        return TimeLeft(o, worker) <= TimeSpan.Zero ? (Reasons.TimedOut, "The worker ran longer than timeouts.active.") : null;
    }

    private static TimeSpan? TimeLeft(Observed o, PodFacts worker) =>
        worker.StartedAt is { } started && Times.Active(o.Spec) is { } active ? started + active + Times.Graceful(o.Spec) + Spare - o.Now : null;

    private static Plan NotThere(Observed o)
    {
        if (o.IsDeleting || o.Spec.DesiredState is "Suspended" or "Stopped" or "Terminated")
            return SettlePlan.Plan(o, new WorkerEnd(null, NeverStarted: true, Reasons.NotWanted, "The worker was never created.", o.Now));
        if (o.Job is not null) return Plan(new CreateWorker(o.Attempt));
        if (o.Draft is not { } draft) return Planning.Plan.Nothing;
        // The operator died between status and job: the job is drafted again, and must be the one that was admitted.
        return draft.Problems.Count == 0 && SpecHash.Of(o.Spec) == o.Status.SpecHash
            ? Plan(new CreateJob(), new CreateWorker(o.Attempt))
            : SettlePlan.Plan(o, new WorkerEnd(null, NeverStarted: true, Reasons.Invalid, "The spec was edited, or what it names went, before the job was written.", o.Now));
    }

    private static Plan Plan(params IReadOnlyList<Step> steps) => new(steps);

    private static Plan Conflict(Observed o)
    {
        var message = $"The pod {o.Worker!.Name} exists and is not this execution's; it is neither adopted nor deleted.";
        return Planning.Plan.Wait(
            TimeSpan.FromMinutes(1), Write(o, Statuses.Pending(o, Reasons.PodNameConflict, message), EventType.Warning, Reasons.PodNameConflict, message));
    }

    private static Plan Running(Observed o, PodFacts worker)
    {
        var again = TimeLeft(o, worker);
        return new Plan(Write(o, Statuses.Running(o, worker), EventType.Normal, Reasons.Running, $"The worker runs in pod {worker.Name}."), again);
    }

    private static Plan Pending(Observed o, PodFacts worker)
    {
        if (PendingReason.Of(worker, o.MountFault) is not var (reason, message)) return Planning.Plan.Wait(LookAgain);
        return Planning.Plan.Wait(LookAgain, Write(o, Statuses.Pending(o, reason, message), EventType.Warning, reason, message));
    }

    private static Plan End(Observed o, PodFacts worker, string reason, string message) => Planning.Plan.Wait(
        LookAgain, [.. Write(o, Statuses.Ending(o, reason, message), EventType.Normal, reason, message), new EndPod(worker.Name)]);

    /// <summary>Asked to end, by us or by others. A node that does not answer cannot say that the worker is gone, so it is not.</summary>
    private static Plan Ending(Observed o, PodFacts worker)
    {
        var overdue = o.Now > worker.DeletingSince + worker.Grace + Fence.Margin;
        var silent = o.Node is { Exists: true, RenewedAt: { } renewed } && o.Now - renewed > TimeSpan.FromSeconds(40);
        if (overdue && silent)
        {
            var message = $"The node {worker.Node} does not answer; the worker may still run there. Bring the node back, delete the Node object, or taint it "
                + "node.kubernetes.io/out-of-service once it is surely off.";
            return Planning.Plan.Wait(
                TimeSpan.FromSeconds(10), Write(o, Statuses.Ending(o, Reasons.WorkerUnreachable, message), EventType.Warning, Reasons.WorkerUnreachable, message));
        }

        var known = o.Status.Reason(ConditionTypes.PodReady) is var said && (said == Reasons.WorkerEnded || Statuses.IsStopCause(said));
        if (known) return Planning.Plan.Wait(LookAgain);
        var cause = StopCause(o, worker) ?? (Reasons.PodDeleted, "The pod was deleted by somebody else.");
        return Planning.Plan.Wait(LookAgain, Write(o, Statuses.Ending(o, cause.Reason, cause.Message), EventType.Normal, cause.Reason, cause.Message));
    }

    /// <summary>An event is written when PodReady changes its reason, and not again.</summary>
    private static IReadOnlyList<Step> Write(
        Observed o, Api.Resources.WorkflowExecutionStatus status, EventType type, string reason, string message) =>
        o.Status.Reason(ConditionTypes.PodReady) == reason
            ? [new WriteStatus(status)]
            : [new WriteStatus(status), new Announce(type, reason, message)];
}
