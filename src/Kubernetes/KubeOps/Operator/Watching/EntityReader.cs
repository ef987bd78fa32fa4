using System.Text.Json;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace KubeOps.Operator.Watching;

/// <summary>
/// Reads single objects. One that does not fit its type is reported and left out: it must not keep the others from being seen.
/// </summary>
internal sealed class EntityReader<TEntity>(ILogger logger)
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    /// <returns>No entity where the object cannot be read; its metadata is there all the same.</returns>
    public (TEntity? Entity, V1ObjectMeta Metadata) Read(JsonElement json)
    {
        try
        {
            var entity = json.Deserialize<TEntity>(KubernetesJson.Options)!;
            return (entity, entity.Metadata);
        }
        catch (JsonException e)
        {
            var metadata = json.GetProperty("metadata").Deserialize<V1ObjectMeta>(KubernetesJson.Options)!;
            logger.Unreadable(typeof(TEntity).Name, metadata.NamespaceProperty, metadata.Name, e.Message);
            return (default, metadata);
        }
    }
}
