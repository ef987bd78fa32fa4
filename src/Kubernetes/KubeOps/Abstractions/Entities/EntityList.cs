using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Entities;

/// <summary>One page of a list.</summary>
public class EntityList<T> : KubernetesObject, IItems<T>, IMetadata<V1ListMeta>
{
    public V1ListMeta Metadata { get; set; } = new();

    public IList<T> Items { get; set; } = [];
}
