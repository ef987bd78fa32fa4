using Bulkhead.Operator.Executions.Pods;

namespace Bulkhead.Operator.Tests.Executions.Pods;

/// <summary>When a pod is GONE: no process of it can still run or come back.</summary>
public sealed class FenceTests
{
    private static readonly NodeFacts Alive = new(Exists: true, IsOutOfService: false, Given.Now);

    public static TheoryData<string, bool> Table() => new()
    {
        { "runs", false },
        { "ended", true },
        { "ended, node silent", true },
        { "phase Failed alone", false },
        { "phase Succeeded alone", false },
        { "deletion alone", false },
        { "node object deleted", true },
        { "node out of service", true },
        { "node silent", false },
        { "node silent, force-deleted", false },
        { "node silent with a clock that runs ahead, force-deleted", false },
        { "no node, deleted", true },
        { "no node, not deleted", false },
        { "no node, over", true },
        { "force-deleted just now", false },
        { "force-deleted, within grace and margin", false },
        { "force-deleted, kubelet heard of after grace and margin", true },
        { "grace over, node not read", false },
        { "never started, grace over, within the margin", false },
        { "never started, grace over, kubelet heard of after the margin", true },
        { "never started, not deleted", false },
        { "on its way, grace over, within grace and margin", false },
        { "on its way, grace over, kubelet heard of after grace and margin", true },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void IsGone_EachCase_OnlyWithProof(string what, bool gone)
    {
        var (pod, node) = Case(what);

        Fence.IsGone(pod, node).ShouldBe(gone, what);
    }

    private static (PodFacts Pod, NodeFacts? Node) Case(string what)
    {
        var worker = Given.Worker();
        var forced = worker with { IsGraceOver = true, DeletingSince = Given.Now.AddSeconds(-46) };
        var pending = Given.NotStarting() with { IsGraceOver = true };
        var onItsWay = Given.Pending() with { IsGraceOver = true };
        return what switch
        {
            "runs" => (worker, Alive),
            "ended" => (Given.Ended(0), null),
            "ended, node silent" => (Given.Ended(0), Alive with { IsSilent = true }),
            "phase Failed alone" => (worker with { Phase = "Failed", IsRunning = false }, Alive),
            "phase Succeeded alone" => (worker with { Phase = "Succeeded", IsRunning = false }, Alive),
            "deletion alone" => (worker with { DeletingSince = Given.Now.AddHours(-1) }, Alive),
            "node object deleted" => (worker, Alive with { Exists = false }),
            "node out of service" => (worker, Alive with { IsOutOfService = true }),
            "node silent" => (worker with { DeletingSince = Given.Now.AddHours(-1) }, Alive with { IsSilent = true }),
            "node silent, force-deleted" => (forced, Alive with { RenewedAt = Given.Now.AddMinutes(-5) }),
            "node silent with a clock that runs ahead, force-deleted" => (forced, Alive with { RenewedAt = Given.Now.AddHours(1), IsSilent = true }),
            "no node, deleted" => (pending with { Node = null, IsGraceOver = false, DeletingSince = Given.Now }, null),
            "no node, not deleted" => (pending with { Node = null, IsGraceOver = false }, null),
            "no node, over" => (pending with { Node = null, IsGraceOver = false, Phase = "Failed" }, null),
            "force-deleted just now" => (forced with { DeletingSince = Given.Now }, Alive),
            "force-deleted, within grace and margin" => (forced with { DeletingSince = Given.Now.AddSeconds(-44) }, Alive),
            "force-deleted, kubelet heard of after grace and margin" => (forced, Alive),
            "grace over, node not read" => (forced, null),
            "never started, grace over, within the margin" => (pending with { DeletingSince = Given.Now.AddSeconds(-9) }, Alive),
            "never started, grace over, kubelet heard of after the margin" => (pending with { DeletingSince = Given.Now.AddSeconds(-10) }, Alive),
            "never started, not deleted" => (Given.NotStarting(), Alive),
            "on its way, grace over, within grace and margin" => (onItsWay with { DeletingSince = Given.Now.AddSeconds(-44) }, Alive),
            "on its way, grace over, kubelet heard of after grace and margin" => (onItsWay with { DeletingSince = Given.Now.AddSeconds(-46) }, Alive),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "no such case"),
        };
    }
}
