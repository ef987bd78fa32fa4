using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Reconciliation.Finalizer;

/// <summary>
/// Does what must be done before an object may go. Called again until it succeeds; then the finalizer is removed and the next one of ours is called.
/// Finalizers of others are left alone.
/// </summary>
public interface IEntityFinalizer<TEntity>
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    /// <returns>Success: done. Failure with <c>requeueAfter</c>: not yet, ask again then.</returns>
    Task<ReconciliationResult<TEntity>> FinalizeAsync(TEntity entity, CancellationToken cancellationToken);
}
