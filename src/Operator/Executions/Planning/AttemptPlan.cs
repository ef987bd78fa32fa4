using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;
using KubeOps.Abstractions.Events;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>One attempt, from its pod's creation to the moment when the pod is gone; then <see cref="SettlePlan"/>.</summary>
internal static class AttemptPlan
{
    /// <summary>Pods that wait for an image or a Secret change without an event of their own.</summary>
    internal static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>The worker ends itself at its time limit; the operator only ends one that does not.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(5);

    public static Plan Plan(Observed o)
    {
        if (o.Status.Reason(ConditionTypes.PodReady) == Reasons.AttemptOver) return NextAttempt.Plan(o);
        if (o.Worker is not { IsOurs: true } worker)
        {
            if (o.WasWorkerSeen) return Vanished(o);
            return o.Worker is null || IsUnwanted(o) ? NotThere(o) : Conflict(o);
        }

        if (Fence.IsGone(worker, o.Node)) return SettlePlan.Plan(o, WorkerEnd.Of(worker, o.Node, o.Now));
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
        if (o.ReplacedBy is { } replacer) return (Reasons.Replaced, AdmissionPlan.Replaced(replacer));
        switch (o.Spec.DesiredState)
        {
            case "Suspended": return (Reasons.Suspended, "desiredState is Suspended.");
            // A worker that runs is told, and ends by itself.
            case "Stopped" when !worker.IsRunning: return (Reasons.Stopped, "desiredState is Stopped.");
            case "Terminated": return (Reasons.Terminated, "desiredState is Terminated.");
        }

        return TimeLeft(o, worker) <= TimeSpan.Zero ? (Reasons.TimedOut, "The worker ran longer than timeouts.active.") : null;
    }

    private static bool IsUnwanted(Observed o) => !o.IsWanted || o.ReplacedBy is not null;

    /// <summary>From when we saw it run, by our clock; a node whose clock is slow would otherwise cost the worker its time.</summary>
    private static TimeSpan? TimeLeft(Observed o, PodFacts worker)
    {
        if (worker.StartedAt is not { } started || Times.Active(o.Spec) is not { } active) return null;
        var since = o.Status.Condition(ConditionTypes.PodReady) is { Status: "True", LastTransitionTime: { } seen } ? seen
            : started > worker.CreatedAt ? started : worker.CreatedAt;
        return since + active + Times.Graceful(o.Spec) + Spare - o.Now;
    }

    /// <summary>
    /// The pod lost its fence and then its object, both by somebody's hand. A missing object alone proves nothing: its kubelet ends what the server has
    /// forgotten, within the grace period.
    /// </summary>
    private static Plan Vanished(Observed o)
    {
        var end = WorkerEnd.Vanished(o.Now);
        var isReleasing = o.Status.Condition(ConditionTypes.ConnectionsReleased) is { Status: "False", Reason: not Reasons.ConnectionsOpen };
        if (isReleasing || o.IsOrphaningForced) return SettlePlan.Plan(o, end);
        var ready = o.Status.Condition(ConditionTypes.PodReady);
        var since = ready is { Reason: Reasons.WorkerVanished, LastTransitionTime: { } noticed } ? noticed : o.Now;
        var left = since + Times.Graceful(o.Spec) + Spare + Fence.Margin - o.Now;
        if (left <= TimeSpan.Zero) return SettlePlan.Plan(o, end);
        var status = Statuses.Ending(o, end.Reason, end.Message, restamp: ready?.Reason != Reasons.WorkerVanished);
        return Planning.Plan.Wait(left, Write(o, status, EventType.Warning, end.Reason, end.Message));
    }

    private static Plan NotThere(Observed o)
    {
        if (IsUnwanted(o))
            return SettlePlan.Plan(o, new WorkerEnd(null, NeverStarted: true, Reasons.NotWanted, "The worker was never created.", o.Now));
        if (o.Job is not null) return Plan(new CreateWorker(o.Attempt));
        if (o.Draft is not { } draft) return Planning.Plan.Nothing;
        // The operator died between status and job: the job is drafted again, and must be the one that was admitted.
        return draft.Problems.Count == 0 && draft.Hash == o.Status.JobHash
            ? Plan(new CreateJob(), new CreateWorker(o.Attempt))
            : SettlePlan.Plan(o, new WorkerEnd(null, NeverStarted: true, Reasons.Invalid, "The spec, or what it names, was edited before the job was written.", o.Now));
    }

    /// <summary>A pod that merely comes up wakes nobody.</summary>
    private static Plan Plan(params IReadOnlyList<Step> steps) => new(steps, LookAgain, IsWhole: true);

    private static Plan Conflict(Observed o)
    {
        var message = $"The pod {o.Worker!.Name} exists and is not this execution's; it is neither adopted nor deleted.";
        return Planning.Plan.Wait(
            TimeSpan.FromMinutes(1), Write(o, Statuses.Pending(o, Reasons.PodNameConflict, message), EventType.Warning, Reasons.PodNameConflict, message));
    }

    private static Plan Running(Observed o, PodFacts worker)
    {
        var again = TimeLeft(o, worker);
        var isStopping = worker.IsToldToStop || o.Spec.DesiredState == "Stopped";
        var (reason, message) = isStopping
            ? (Reasons.Stopping, "desiredState is Stopped: the running nodes end, no other is started, and finally runs.")
            : (Reasons.Running, $"The worker runs in pod {worker.Name}.");
        List<Step> steps = Write(o, Statuses.Running(o, worker, reason, message), EventType.Normal, reason, message);
        if (isStopping && !worker.IsToldToStop) steps.Add(new TellToStop(worker.Name));
        return new Plan(steps, again, IsWhole: true);
    }

    private static Plan Pending(Observed o, PodFacts worker)
    {
        if (PendingReason.Of(worker) is not var (reason, message)) return Plan();
        return Planning.Plan.Wait(LookAgain, Write(o, Statuses.Pending(o, reason, message), EventType.Warning, reason, message));
    }

    private static Plan End(Observed o, PodFacts worker, string reason, string message) => Planning.Plan.Wait(
        LookAgain, [.. Write(o, Statuses.Ending(o, reason, message), EventType.Normal, reason, message), new EndPod(worker.Name)]);

    /// <summary>Asked to end, by us or by others. A node that does not answer cannot say that the worker is gone, so it is not.</summary>
    private static Plan Ending(Observed o, PodFacts worker)
    {
        var overdue = o.Now > worker.DeletingSince + worker.Grace + Fence.Margin;
        if (overdue && o.IsOrphaningForced) return SettlePlan.Plan(o, WorkerEnd.GivenUp(o.Now));
        var silent = o.Node is { IsSilent: true } || (o.Node?.RenewedAt is { } renewed && o.Now - renewed > TimeSpan.FromSeconds(40));
        if (overdue && silent)
        {
            var message = $"The node {worker.Node} does not answer; the worker may still run there. Bring the node back, delete the Node object, or taint it "
                + "node.kubernetes.io/out-of-service once it is surely off.";
            return Planning.Plan.Wait(
                TimeSpan.FromSeconds(10), Write(o, Statuses.Ending(o, Reasons.WorkerUnreachable, message), EventType.Warning, Reasons.WorkerUnreachable, message));
        }

        var known = o.Status.Reason(ConditionTypes.PodReady) is var said && (said == Reasons.WorkerEnded || Statuses.IsStopCause(said));
        if (known || worker.IsOver) return Planning.Plan.Wait(LookAgain);
        var cause = StopCause(o, worker) ?? (Reasons.PodDeleted, "The pod was deleted by somebody else.");
        return Planning.Plan.Wait(LookAgain, Write(o, Statuses.Ending(o, cause.Reason, cause.Message), EventType.Normal, cause.Reason, cause.Message));
    }

    /// <summary>An event is written when PodReady changes its reason, or an edit is noticed, and not again.</summary>
    private static List<Step> Write(
        Observed o, Api.Resources.WorkflowExecutionStatus status, EventType type, string reason, string message)
    {
        List<Step> steps = [new WriteStatus(status)];
        if (o.Status.Reason(ConditionTypes.PodReady) != reason) steps.Add(new Announce(type, reason, message));
        if (status.Condition(ConditionTypes.SpecDrift) is { } drift && o.Status.Condition(ConditionTypes.SpecDrift) is null)
            steps.Add(new Announce(EventType.Warning, drift.Reason, drift.Message));
        return steps;
    }
}
