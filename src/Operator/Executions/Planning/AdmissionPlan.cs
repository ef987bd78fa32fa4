using Bulkhead.Api.Problems;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Status;
using KubeOps.Abstractions.Events;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>From a new object to a fixed job: faults end it, what is not there yet makes it wait.</summary>
internal static class AdmissionPlan
{
    /// <summary>A Connection or Workflow that appears wakes the execution; this only serves a wake-up that was lost.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public static Plan Plan(Observed o)
    {
        switch (o.Spec.DesiredState)
        {
            case "Suspended":
                return Wait(o, Phases.Suspended, Reasons.NotWanted, "The execution is suspended before its start.", again: null);
            case "Stopped" or "Terminated":
                return Finish(o, Phases.Cancelled, Reasons.NotWanted, "The execution was ended before its start.");
        }

        if (o.ReplacedBy is { } replacer) return Finish(o, Phases.Cancelled, Reasons.Replaced, Replaced(replacer));
        var left = Times.QueueLeft(o.Execution, o.Now);
        if (left <= TimeSpan.Zero) return Finish(o, Phases.Failed, Reasons.QueueTimedOut, "The execution waited longer than timeouts.queue.");
        if (o.IsJobNameTaken)
            return Wait(o, Phases.Waiting, Reasons.JobNameConflict, Statuses.JobNameTaken(o.Execution), left < LookAgain ? left : LookAgain);
        if (o.Standing is { Reason: Reasons.ConcurrencyForbidden })
            return Finish(o, Phases.Failed, Reasons.ConcurrencyForbidden, "Another execution with its concurrencyKey is there, and its concurrencyPolicy is Forbid.");
        // Told in its status alone: an event for each of thousands would tell nothing more.
        if (o.Standing is { IsGranted: false } standing) return Planning.Plan.Queue(o, standing, left);
        var draft = o.Draft!;
        if (draft.Waits)
        {
            var missing = draft.Problems[0];
            var reason = missing.Code == JobDraft.WorkflowNotFound ? Reasons.WorkflowMissing : Reasons.ConnectionMissing;
            return Wait(o, Phases.Waiting, reason, Text(draft.Problems), left < LookAgain ? left : LookAgain);
        }

        if (draft.Problems.Count > 0) return Finish(o, Phases.Failed, Reason(draft), Text(draft.Problems));
        return o.Standing is { IsGranted: true } ? Admit(o, draft) : Planning.Plan.Nothing;
    }

    /// <summary>The finalizer is there before the pod; the attempt is in the status before the pod; the job is there before the pod.</summary>
    private static Plan Admit(Observed o, JobDraft draft) => new(
    [
        new AttachFinalizer(),
        new WriteStatus(Statuses.Admitted(o, draft)),
        new CreateJob(),
        new CreateWorker(o.Attempt),
    ], AttemptPlan.LookAgain, IsWhole: true);

    private static Plan Wait(Observed o, string phase, string reason, string message, TimeSpan? again)
    {
        var status = Statuses.Waiting(o, phase, reason, message);
        return new Plan(Steps(o, status, EventType.Normal, reason, message, ConditionTypes.Admitted), again);
    }

    private static Plan Finish(Observed o, string phase, string reason, string message)
    {
        var status = Statuses.NeverAdmitted(o, phase, reason, message);
        return new Plan(Steps(o, status, EventType.Warning, reason, message, ConditionTypes.Succeeded));
    }

    private static List<Step> Steps(
        Observed o, Api.Resources.WorkflowExecutionStatus status, EventType type, string reason, string message, string condition)
    {
        List<Step> steps = [new WriteStatus(status)];
        if (o.Status.Reason(condition) != reason) steps.Add(new Announce(type, reason, message));
        return steps;
    }

    private static string Reason(JobDraft draft) => draft.Problems[0].Code == "JOB_TOO_LARGE" ? Reasons.JobTooLarge : Reasons.Invalid;

    internal static string Replaced(string replacer) => $"The execution {replacer} with the same concurrencyKey runs in its place.";

    private static string Text(IReadOnlyList<Problem> problems) => StatusEdit.Cut(string.Join("; ", problems.Select(Problems.Text)));
}
