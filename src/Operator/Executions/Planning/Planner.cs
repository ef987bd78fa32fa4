using Bulkhead.Operator.Executions.Status;
using KubeOps.Abstractions.Events;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>
/// Decides, from the facts alone, what is written next. Pure: the same facts give the same plan.
/// <code>
///            AdmissionPlan          AttemptPlan                        FinishedPlan
/// Waiting ---------------> Pending -> Running -> (worker gone) -> ...  Succeeded | Failed | Cancelled
///                             ^                     |
///                             |                ReleasePlan: proof, or a release pod until there is one
///                             +-- next attempt -----+--> Suspended
/// </code>
/// Deletion is no other way: the same attempt is ended and released, and nothing new begins.
/// </summary>
internal static class Planner
{
    public static Plan Plan(Observed observed) => observed switch
    {
        { LostAttempt: { } attempt } => Recovery(observed, attempt),
        { IsDeleting: true, IsAdmitted: false } => new Plan([], IsReleased: true),
        { IsFinished: true } => FinishedPlan.Plan(observed),
        { IsAdmitted: false } => AdmissionPlan.Plan(observed),
        _ => AttemptPlan.Plan(observed),
    };

    /// <summary>As if its pod had been seen: what is there is settled, what is not there is not created again.</summary>
    private static Plan Recovery(Observed o, int attempt)
    {
        var status = Statuses.Recovered(o, attempt);
        List<Step> attach = o.IsDeleting ? [] : [new AttachFinalizer()];
        return Planning.Plan.Wait(
            TimeSpan.FromSeconds(1), [.. attach, new WriteStatus(status), new Announce(EventType.Warning, Reasons.StatusLost, status.Condition(ConditionTypes.PodReady)!.Message)]);
    }
}
