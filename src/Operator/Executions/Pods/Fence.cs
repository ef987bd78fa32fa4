namespace Bulkhead.Operator.Executions.Pods;

/// <summary>
/// Decides whether a pod is GONE: no process of it can still run or come back. Only then may sessions be ended on the server, for a living worker would
/// open them again behind us. A phase alone, a missing object alone and a deletion alone prove nothing (docs/decisions/0018).
/// </summary>
internal static class Fence
{
    /// <summary>What the kubelet may take beyond the grace period: kill, reap, report.</summary>
    internal static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public static bool IsGone(PodFacts pod, NodeFacts? node) =>
        pod.End is not null
        || node is { IsLost: true }
        || NeverReachedANode(pod)
        || EndedByALivingKubelet(pod, node);

    /// <summary>The scheduler binds no pod that is being deleted.</summary>
    private static bool NeverReachedANode(PodFacts pod) => pod.Node is null && (pod.DeletingSince is not null || pod.IsOver);

    /// <summary>
    /// The deletion has run out (the kubelet says so by asking for grace zero, and so does --force), and the kubelet has talked to the API server long enough
    /// afterwards to have seen and done it. For pods whose containers never show an end: those that never started, and on old
    /// versions those that were evicted or ran into activeDeadlineSeconds. The lease is written by the node's clock, which may run ahead; the control plane's
    /// own word that the node is silent counts before it.
    /// </summary>
    private static bool EndedByALivingKubelet(PodFacts pod, NodeFacts? node) =>
        pod is { DeletingSince: { } since, IsGraceOver: true } && node is { IsSilent: false, RenewedAt: { } renewed }
        && renewed >= since + (pod.NeverStarted ? TimeSpan.Zero : pod.Grace) + Margin;
}
