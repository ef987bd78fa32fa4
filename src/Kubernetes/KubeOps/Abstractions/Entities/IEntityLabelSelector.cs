using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Entities;

/// <summary>The label selector of a controller's list and watch.</summary>
public interface IEntityLabelSelector<TEntity>
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    /// <returns>Null: all objects.</returns>
    ValueTask<string?> GetLabelSelectorAsync(CancellationToken cancellationToken);
}
