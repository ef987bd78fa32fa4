using System.Collections.Concurrent;
using k8s.Models;

namespace Bulkhead.Operator.Executions.Pods;

/// <summary>
/// Whether a pod shows something that a turn of its execution would act upon. A pod that merely comes up shows nothing: whoever created it looks again by the
/// clock. Neither does one that shows the same facts as before (docs/decisions/0031).
/// </summary>
internal sealed class PodNews
{
    private readonly ConcurrentDictionary<string, PodFacts> _last = new(StringComparer.Ordinal);

    /// <param name="pod">As the cache has it.</param>
    /// <param name="executionUid">Of its owner.</param>
    public bool Has(V1Pod pod, string executionUid)
    {
        var facts = PodReader.Read(pod, executionUid);
        if (_last.TryGetValue(pod.Uid(), out var last) && last == facts) return false;
        _last[pod.Uid()] = facts;
        return !IsComingUp(facts);
    }

    public void Forget(string podUid) => _last.TryRemove(podUid, out _);

    private static bool IsComingUp(PodFacts pod) =>
        pod is { IsOurs: true, IsFenced: true, Phase: "Pending", DeletingSince: null, StartedAt: null, IsRunning: false, IsOver: false } && PendingReason.Of(pod) is null;
}
