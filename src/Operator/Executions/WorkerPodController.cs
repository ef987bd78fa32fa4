using Bulkhead.Operator.Executions.Pods;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.Abstractions.Reconciliation.Finalizer;

namespace Bulkhead.Operator.Executions;

/// <summary>
/// A change of a worker or release pod wakes its execution; so does one of a pod that is being deleted, of which only its finalizer hears.
/// </summary>
internal sealed class WorkerPodController(Waker waker, PodNews news, Leftovers leftovers) : IEntityController<V1Pod>, IEntityFinalizer<V1Pod>
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    public async Task<ReconciliationResult<V1Pod>> ReconcileAsync(V1Pod entity, CancellationToken cancellationToken)
    {
        if (entity.GetController() is { } owner && news.Has(entity, owner.Uid)) await WakeAsync(entity, cancellationToken);
        return ReconciliationResult<V1Pod>.Success(entity);
    }

    public async Task<ReconciliationResult<V1Pod>> DeletedAsync(V1Pod entity, CancellationToken cancellationToken)
    {
        news.Forget(entity.Uid());
        await WakeAsync(entity, cancellationToken);
        return ReconciliationResult<V1Pod>.Success(entity);
    }

    /// <summary>Never detaches the fence itself: the execution's turn does, once the outcome is in the status.</summary>
    public async Task<ReconciliationResult<V1Pod>> FinalizeAsync(V1Pod entity, CancellationToken cancellationToken)
    {
        await WakeAsync(entity, cancellationToken);
        return ReconciliationResult<V1Pod>.Failure(entity, "Its execution has not let it go yet.", requeueAfter: LookAgain);
    }

    private async Task WakeAsync(V1Pod pod, CancellationToken ct)
    {
        if (pod.GetController() is not { Kind: "WorkflowExecution" } owner) return;
        await waker.WakeAsync(owner.Name, pod.Namespace(), owner.Uid, ct);
        if (pod.DeletionTimestamp() is not null) await leftovers.LetGoAsync(owner.Name, pod.Namespace(), owner.Uid, ct);
    }
}
