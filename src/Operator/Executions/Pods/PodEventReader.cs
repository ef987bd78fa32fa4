using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Executions.Pods;

/// <summary>
/// What the kubelet says only in a pod's events: of a Secret that is not there (the operator may read no Secret), and of a container that it has started.
/// </summary>
internal sealed class PodEventReader(IKubernetesClient client)
{
    public async Task<PodFacts> ReadAsync(string ns, PodFacts pod, CancellationToken ct)
    {
        var events = await client.ListAsync<Corev1Event>(ns, fieldSelector: $"involvedObject.uid={pod.Uid}", cancellationToken: ct);
        return pod with
        {
            MountFault = events.Where(e => e.Reason == "FailedMount").MaxBy(e => e.LastTimestamp ?? e.Metadata.CreationTimestamp)?.Message,
            WasStarted = events.Any(e => e.Reason == "Started"),
        };
    }
}
