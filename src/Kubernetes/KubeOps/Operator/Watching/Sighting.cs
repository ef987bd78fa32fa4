using k8s.Models;

namespace KubeOps.Operator.Watching;

/// <summary>An object as a list or a watch has shown it.</summary>
/// <param name="Entity">Null where the object cannot be read; its metadata is there all the same.</param>
/// <param name="Metadata">At least name and version.</param>
internal sealed record Sighting<TEntity>(TEntity? Entity, V1ObjectMeta Metadata);
