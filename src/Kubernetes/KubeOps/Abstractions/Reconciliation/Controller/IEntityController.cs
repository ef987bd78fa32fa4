using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Reconciliation.Controller;

/// <summary>
/// Brings the world to what an object says. One call at a time for each object; changes during a call lead to one more call. The entity is a copy:
/// changing it changes nothing elsewhere. An exception or Failure leads to another call, for ever, after a growing pause.
/// </summary>
public interface IEntityController<TEntity>
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Called for a new, changed or requeued object that is not being deleted.</summary>
    Task<ReconciliationResult<TEntity>> ReconcileAsync(TEntity entity, CancellationToken cancellationToken);

    /// <summary>Called when the object is gone, also when it went while nobody watched. The entity is the last that was seen.</summary>
    Task<ReconciliationResult<TEntity>> DeletedAsync(TEntity entity, CancellationToken cancellationToken);
}
