using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>What to write, in this order, and when to look again without being woken by a change.</summary>
/// <param name="Steps">The writes.</param>
/// <param name="Again">Null: at the next change.</param>
/// <param name="IsReleased">Only counts for an execution that is being deleted: its finalizer may go.</param>
/// <param name="IsWhole">After these writes there is nothing to do but to wait: that they were made is no reason to look again (<see cref="Sights"/>).</param>
internal sealed record Plan(IReadOnlyList<Step> Steps, TimeSpan? Again = null, bool IsReleased = false, bool IsWhole = false)
{
    public static Plan Nothing { get; } = new([]);

    /// <summary>It waits for a slot. A status that tells well enough where it stands is not written again.</summary>
    public static Plan Queue(Observed o, Standing standing, TimeSpan? again = null)
    {
        var said = o.Status.Condition(ConditionTypes.Admitted);
        var status = Statuses.Queued(o, standing);
        var isTold = said is { Status: "False" } && standing.IsTold(Standing.Read(said.Reason, said.Message))
            && (o.Status.ObservedGeneration, o.Status.TenantId) == (status.ObservedGeneration, status.TenantId);
        return new Plan(isTold ? [] : [new WriteStatus(status)], again);
    }

    public static Plan Wait(TimeSpan again, params IReadOnlyList<Step> steps) => new(steps, again);
}
