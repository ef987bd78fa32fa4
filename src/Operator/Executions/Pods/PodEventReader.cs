using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Executions.Pods;

/// <summary>What the kubelet says of a Secret that is not there: only in the pod's events, since the operator may read no Secret.</summary>
internal sealed class PodEventReader(IKubernetesClient client)
{
    public async Task<string?> MountFaultAsync(string ns, PodFacts pod, CancellationToken ct)
    {
        var events = await client.ListAsync<Corev1Event>(ns, fieldSelector: $"involvedObject.uid={pod.Uid},reason=FailedMount", cancellationToken: ct);
        return events.OrderByDescending(e => e.LastTimestamp ?? e.Metadata.CreationTimestamp).FirstOrDefault()?.Message;
    }
}
