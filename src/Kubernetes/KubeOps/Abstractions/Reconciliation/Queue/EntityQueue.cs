using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Reconciliation.Queue;

/// <summary>
/// Asks for a reconcile of an object. It is found by uid, or by namespace and name where the entity has no uid; the newest known
/// version of it is reconciled.
/// </summary>
/// <param name="entity">Which object.</param>
/// <param name="type">Kept for compatibility; what is called follows from the object's state.</param>
/// <param name="reconciliationTriggerSource">Who asks.</param>
/// <param name="queueIn">How much later; the earliest of several wishes counts.</param>
/// <param name="retryCount">Kept for compatibility.</param>
/// <param name="cancellationToken">Gives up.</param>
/// <returns>False: no controller knows the object.</returns>
public delegate Task<bool> EntityQueue<in TEntity>(
    TEntity entity, ReconciliationType type, ReconciliationTriggerSource reconciliationTriggerSource, TimeSpan queueIn, int retryCount,
    CancellationToken cancellationToken)
    where TEntity : IKubernetesObject<V1ObjectMeta>;
