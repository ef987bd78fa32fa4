using k8s;
using k8s.Models;

namespace KubeOps.Abstractions.Entities;

/// <summary>The field selector of a controller's list and watch.</summary>
public interface IEntityFieldSelector<TEntity>
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    /// <returns>Null: all objects.</returns>
    ValueTask<string?> GetFieldSelectorAsync(CancellationToken cancellationToken);
}
