using Bulkhead.Kubernetes.Entities;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Queue;

namespace Bulkhead.Operator.Executions;

/// <summary>Asks for a turn of an execution because of something that its own object does not say.</summary>
internal sealed class Waker(EntityQueue<WorkflowExecutionEntity> queue, Sights sights)
{
    /// <returns>False: the watch does not know of it (yet, or any more).</returns>
    public async Task<bool> WakeAsync(string name, string ns, string uid, CancellationToken ct)
    {
        sights.Ask(uid);
        var execution = new WorkflowExecutionEntity { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = ns, Uid = uid } };
        if (await queue(execution, ReconciliationType.Modified, ReconciliationTriggerSource.Operator, TimeSpan.Zero, 0, ct)) return true;
        // Its pods outlive an execution, and nobody would ever answer. One that is yet to come has had no turn, so it gets one.
        sights.Forget(uid);
        return false;
    }
}
