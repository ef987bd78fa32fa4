using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Status;
using KubeOps.Abstractions.Events;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>An attempt is settled and another may follow: after a pause, or when desiredState is Running again.</summary>
internal static class NextAttempt
{
    public static Plan Plan(Observed o)
    {
        List<Step> unfence = [];
        if (o.Worker is { IsFenced: true, IsOurs: true }) unfence.Add(new UnfencePod(o.Worker.Name));
        if (o.Release is { IsFenced: true, IsOurs: true }) unfence.Add(new UnfencePod(o.Release.Name));
        if (o.IsDeleting) return new Plan([.. unfence, new UnfenceJob()], IsReleased: true);
        switch (o.Spec.DesiredState)
        {
            case "Suspended":
                return new Plan(unfence);
            case "Stopped" or "Terminated":
                return new Plan(
                [
                    .. unfence, new WriteStatus(Statuses.Ended(o, Phases.Cancelled, o.Spec.DesiredState, "Ended because desiredState asked for it.")),
                    new UnfenceJob(), new DetachFinalizer(),
                ]);
        }

        var over = o.Status.Condition(ConditionTypes.PodReady)!.LastTransitionTime ?? o.Now;
        var wait = o.Status.Phase == Phases.Suspended ? TimeSpan.Zero : over + Times.Backoff(o.Spec) - o.Now;
        if (wait > TimeSpan.Zero) return new Plan(unfence, wait);
        // Without the job at hand the next look creates the pod.
        List<Step> create = o.Job is null ? [] : [new CreateWorker(o.Attempt + 1)];
        return new Plan(
            [
                .. unfence, new WriteStatus(Statuses.NextAttempt(o)), .. create,
                new Announce(EventType.Normal, Reasons.Restarting, $"Attempt {o.Attempt + 1} begins."),
            ],
            o.Job is null ? TimeSpan.FromSeconds(1) : null);
    }
}
