using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Status;
using KubeOps.Abstractions.Events;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>
/// An attempt is settled and another may follow: after a pause, with the slot that it kept; or, where it was suspended or is to be run again, when it has got
/// a slot once more.
/// </summary>
internal static class NextAttempt
{
    public static Plan Plan(Observed o)
    {
        List<Step> unfence = [];
        if (o.Worker is { IsFenced: true, IsOurs: true }) unfence.Add(new UnfencePod(o.Worker.Name));
        if (o.Release is { IsFenced: true, IsOurs: true }) unfence.Add(new UnfencePod(o.Release.Name));
        if (o.IsDeleting) return new Plan([.. unfence, new UnfenceJob()], IsReleased: true);
        if (o.ReplacedBy is { } replacer) return End(o, unfence, Reasons.Replaced, AdmissionPlan.Replaced(replacer));
        switch (o.Spec.DesiredState)
        {
            case "Suspended":
                return new Plan(o.Status.Phase == Phases.Suspended ? unfence : [.. unfence, new WriteStatus(Statuses.Suspended(o))]);
            case "Stopped" or "Terminated":
                return End(o, unfence, o.Spec.DesiredState, "Ended because desiredState asked for it.");
        }

        if (o.IsBetweenRuns) return Queue(o, unfence);
        var over = o.Status.Condition(ConditionTypes.PodReady)!.LastTransitionTime ?? o.Now;
        var wait = over + Times.Backoff(o.Spec) - o.Now;
        return wait > TimeSpan.Zero ? new Plan(unfence, wait) : Begin(o, unfence);
    }

    private static Plan Queue(Observed o, List<Step> unfence) => o.Standing switch
    {
        { IsGranted: true } => Begin(o, unfence),
        { } standing => new Plan([.. unfence, .. Planning.Plan.Queue(o, standing).Steps]),
        null => new Plan(unfence),
    };

    private static Plan Begin(Observed o, List<Step> unfence)
    {
        // Without the job at hand the next look creates the pod.
        List<Step> create = o.Job is null ? [] : [new CreateWorker(o.Attempt + 1)];
        return new Plan(
            [
                .. unfence, new WriteStatus(Statuses.NextAttempt(o)), .. create,
                new Announce(EventType.Normal, Reasons.Restarting, $"Attempt {o.Attempt + 1} begins."),
            ],
            o.Job is null ? TimeSpan.FromSeconds(1) : AttemptPlan.LookAgain);
    }

    private static Plan End(Observed o, List<Step> unfence, string reason, string message) => new(
        [.. unfence, new WriteStatus(Statuses.Ended(o, Phases.Cancelled, reason, message)), new UnfenceJob(), new DetachFinalizer()]);
}
