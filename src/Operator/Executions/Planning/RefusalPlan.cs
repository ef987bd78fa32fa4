using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;
using KubeOps.Abstractions.Events;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>
/// The server has not taken a pod. It is said, and tried again: a quota may get room, a policy may change. A worker pod that no server would ever take is an end: nothing
/// of the attempt was started, and its slot is for others.
/// </summary>
internal static class RefusalPlan
{
    public static Plan Plan(Observed o, Refusal refusal)
    {
        var isRelease = !refusal.IsForGood && o.Status.Is(ConditionTypes.ConnectionsReleased, "False");
        // A worker that was looked at is the one of the attempt before.
        if (!isRelease) o = o with { Worker = null, Release = null };
        if (refusal.IsForGood) return SettlePlan.Plan(o, new WorkerEnd(null, NeverStarted: true, Reasons.Invalid, refusal.Message, o.Now));
        var status = isRelease
            ? Statuses.Releasing(o, Reasons.ReleasePodRefused, refusal.Message, restamp: false)
            : Statuses.Pending(o, refusal.Reason, refusal.Message);
        var type = isRelease ? ConditionTypes.ConnectionsReleased : ConditionTypes.PodReady;
        var isNew = o.Status.Reason(type) != status.Reason(type);
        return new Plan(isNew ? [new WriteStatus(status), new Announce(EventType.Warning, refusal.Reason, refusal.Message)] : [new WriteStatus(status)]);
    }
}
