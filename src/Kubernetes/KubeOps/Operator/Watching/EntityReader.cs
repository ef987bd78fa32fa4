using System.Text.Json;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace KubeOps.Operator.Watching;

/// <summary>
/// Reads single objects, and leaves of each what the cache holds. One that does not fit its type is reported and left out: it must not keep the others from
/// being seen.
/// </summary>
internal sealed class EntityReader<TEntity>(Func<TEntity, TEntity>? cutDown, ILogger logger)
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    public Sighting<TEntity> Read(JsonElement json)
    {
        try
        {
            var entity = Trim(json.Deserialize<TEntity>(KubernetesJson.Options)!);
            return new(entity, entity.Metadata);
        }
        catch (JsonException e)
        {
            var metadata = json.GetProperty("metadata").Deserialize<V1ObjectMeta>(KubernetesJson.Answers)!;
            logger.Unreadable(typeof(TEntity).Name, metadata.NamespaceProperty, metadata.Name, e.Message);
            return new(default, metadata);
        }
    }

    private TEntity Trim(TEntity entity)
    {
        if (cutDown is not null)
            entity = cutDown(entity);
        entity.Metadata.ManagedFields = null;
        entity.Metadata.Annotations?.Remove(LastApplied);
        return entity;
    }
}
