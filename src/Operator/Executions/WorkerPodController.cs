using Bulkhead.Kubernetes.Entities;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.Abstractions.Reconciliation.Queue;

namespace Bulkhead.Operator.Executions;

/// <summary>A change of a worker or release pod wakes its execution.</summary>
internal sealed class WorkerPodController(EntityQueue<WorkflowExecutionEntity> queue, Leftovers leftovers) : IEntityController<V1Pod>
{
    public async Task<ReconciliationResult<V1Pod>> ReconcileAsync(V1Pod entity, CancellationToken cancellationToken)
    {
        await WakeAsync(entity, cancellationToken);
        return ReconciliationResult<V1Pod>.Success(entity);
    }

    public async Task<ReconciliationResult<V1Pod>> DeletedAsync(V1Pod entity, CancellationToken cancellationToken)
    {
        await WakeAsync(entity, cancellationToken);
        return ReconciliationResult<V1Pod>.Success(entity);
    }

    private async Task WakeAsync(V1Pod pod, CancellationToken ct)
    {
        if (pod.GetController() is not { Kind: "WorkflowExecution" } owner) return;
        var execution = new WorkflowExecutionEntity { Metadata = new V1ObjectMeta { Name = owner.Name, NamespaceProperty = pod.Namespace(), Uid = owner.Uid } };
        await queue(execution, ReconciliationType.Modified, ReconciliationTriggerSource.Operator, TimeSpan.Zero, 0, ct);
        if (pod.DeletionTimestamp() is not null && pod.HasFinalizer(Names.Fence)) await leftovers.LetGoAsync(owner.Name, pod.Namespace(), owner.Uid, ct);
    }
}
