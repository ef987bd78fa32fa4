using System.Text.Json;
using k8s;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.KubernetesClient;

namespace KubeOps.Operator.Watching;

/// <summary>The server's objects of one type, restricted by namespace and selectors.</summary>
internal sealed class EntitySource<TEntity>(KubernetesClient.KubernetesClient client, WatchScope scope, EntityReader<TEntity> reader, RuntimeOptions options)
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private readonly JsonSerializerOptions _page = new(KubernetesJson.Answers) { Converters = { new SightingConverter<TEntity>(reader) } };

    public Task<EntityList<Sighting<TEntity>>> ListPageAsync(string? next, CancellationToken ct) =>
        client.ListPageAsync<Sighting<TEntity>>(EntityRoute.Of<TEntity>(), scope, next, _page, ct);

    public IAsyncEnumerable<(WatchEventType Type, JsonElement Json)> WatchAsync(string version, CancellationToken ct)
    {
        // At random, so that the watches of many processes do not end together.
        var timeout = options.WatchTimeout * (1 + Random.Shared.NextDouble());
        return client.WatchRawAsync(
            EntityRoute.Of<TEntity>(), scope with { Timeout = TimeSpan.FromSeconds(Math.Ceiling(timeout.TotalSeconds)), Grace = options.WatchGrace },
            version.Length == 0 ? null : version, ct);
    }

    public Sighting<TEntity> Read(JsonElement json) => reader.Read(json);
}
