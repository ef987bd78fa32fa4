using Bulkhead.Kubernetes.Entities;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Executions;

/// <summary>
/// Lets go of pods and job whose execution is gone, because somebody took its finalizer away. Nobody will read their record any more; a fence that stays would
/// hold their namespace for ever.
/// </summary>
internal sealed class Leftovers(IKubernetesClient client, FencePatch fences)
{
    /// <summary>Does nothing while the execution is there.</summary>
    /// <param name="name">Name of the execution.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="uid">Its uid.</param>
    /// <param name="ct">Gives up.</param>
    public async Task LetGoAsync(string name, string ns, string uid, CancellationToken ct)
    {
        if (await client.GetAsync<WorkflowExecutionEntity>(name, ns, ct) is { } execution && execution.Uid() == uid) return;
        foreach (var pod in await client.ListAsync<V1Pod>(ns, $"{Names.UidLabel}={uid}", cancellationToken: ct))
            if (pod.HasFinalizer(Names.Fence)) await fences.DetachAsync<V1Pod>(pod.Name(), ns, Names.Fence, pod.Uid(), ct);
        var job = await client.GetAsync<V1ConfigMap>(Names.Job(name, uid), ns, ct);
        if (job is not null && job.HasFinalizer(Names.Fence)) await fences.DetachAsync<V1ConfigMap>(job.Name(), ns, Names.Fence, job.Uid(), ct);
    }
}
