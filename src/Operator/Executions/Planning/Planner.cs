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
        { IsDeleting: true, IsAdmitted: false } => new Plan([], IsReleased: true),
        { IsFinished: true } => FinishedPlan.Plan(observed),
        { IsAdmitted: false } => AdmissionPlan.Plan(observed),
        _ => AttemptPlan.Plan(observed),
    };
}
