using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Events;

/// <summary>
/// Writes an event about an object. The same event again (object, reason, message, type) raises the count of the one that is there.
/// A write that fails is logged and does not fail the reconcile.
/// </summary>
/// <param name="entity">The object that the event is about.</param>
/// <param name="reason">CamelCase.</param>
/// <param name="message">At most 1024 characters are kept.</param>
/// <param name="type">Default Normal.</param>
/// <param name="cancellationToken">Gives up.</param>
public delegate Task EventPublisher(
    IKubernetesObject<V1ObjectMeta> entity, string reason, string message, EventType type = EventType.Normal,
    CancellationToken cancellationToken = default);
