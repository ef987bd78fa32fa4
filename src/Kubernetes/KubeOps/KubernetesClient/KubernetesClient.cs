using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace KubeOps.KubernetesClient;

/// <inheritdoc cref="IKubernetesClient"/>
public sealed class KubernetesClient(KubernetesClientConfiguration clientConfig, IKubernetes client) : IKubernetesClient
{
    private const int PageSize = 500;

    /// <summary>Of what is cut down while it is read. Smaller, for types that nobody cuts down.</summary>
    private const int CutPageSize = 100;
    private readonly ApiTransport _transport = ((Kubernetes)client).Transport;

    public KubernetesClient()
        : this(KubernetesClientConfiguration.BuildDefaultConfig())
    {
    }

    public KubernetesClient(KubernetesClientConfiguration clientConfig)
        : this(clientConfig, new Kubernetes(clientConfig))
    {
    }

    public IKubernetes ApiClient => client;

    public Uri BaseUri => client.BaseUri;

    public Task<string> GetCurrentNamespaceAsync(string downwardApiEnvName = "POD_NAMESPACE", CancellationToken cancellationToken = default) =>
        Task.FromResult(clientConfig.Namespace ?? Surroundings.Read(downwardApiEnvName) ?? "default");

    public async Task<TEntity?> GetAsync<TEntity>(string name, string? @namespace = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            return await SendAsync<TEntity>(HttpMethod.Get, EntityRoute.Of<TEntity>().Item(@namespace, name), null, cancellationToken);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return default;
        }
    }

    public async Task<IList<TEntity>> ListAsync<TEntity>(
        string? @namespace = null, string? labelSelector = null, string? fieldSelector = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        var all = new List<TEntity>();
        var scope = new WatchScope(@namespace, labelSelector, fieldSelector);
        string? next = null;
        do
        {
            var page = await ListPageAsync<TEntity>(EntityRoute.Of<TEntity>(), scope, next, PageSize, KubernetesJson.Answers, cancellationToken);
            // Lists of built-in types leave kind and version out of their items.
            all.AddRange(page.Items.Select(Named));
            next = page.Metadata.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));
        return all;
    }

    public Task<TEntity> CreateAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        SendAsync<TEntity>(HttpMethod.Post, EntityRoute.Of<TEntity>().Collection(entity.Namespace()), Named(entity), cancellationToken);

    public Task<TEntity> UpdateAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        SendAsync<TEntity>(HttpMethod.Put, Item(entity), Named(entity), cancellationToken);

    public async Task<TEntity> SaveAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        await GetAsync<TEntity>(entity.Name(), entity.Namespace(), cancellationToken) is { } present
            ? await UpdateAsync(entity.WithResourceVersion(present.ResourceVersion()), cancellationToken)
            : await CreateAsync(entity, cancellationToken);

    public Task<TEntity> UpdateStatusAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        SendAsync<TEntity>(HttpMethod.Put, $"{Item(entity)}/status", Named(entity), cancellationToken);

    public Task<TEntity> PatchAsync<TEntity>(
        V1Patch patch, string name, string? @namespace = null, string? fieldManager = null, bool? force = null, string? dryRun = null,
        CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        _transport.SendAsync<TEntity>(
            new(HttpMethod.Patch, EntityRoute.Of<TEntity>().Item(@namespace, name))
            {
                Query = [("fieldManager", fieldManager), ("force", force is null ? null : force.Value ? "true" : "false"), ("dryRun", dryRun)],
                Body = patch,
            },
            cancellationToken);

    public Task DeleteAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        DeleteAsync<TEntity>(entity.Name(), entity.Namespace(), cancellationToken);

    public async Task DeleteAsync<TEntity>(string name, string? @namespace = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            await SendAsync<object>(
                HttpMethod.Delete, EntityRoute.Of<TEntity>().Item(@namespace, name), new V1DeleteOptions { PropagationPolicy = "Background" },
                cancellationToken);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // It is not there, which is what was asked for.
        }
    }

    public async IAsyncEnumerable<(WatchEventType Type, TEntity Entity)> WatchAsync<TEntity>(
        string? @namespace = null, string? resourceVersion = null, string? labelSelector = null, string? fieldSelector = null,
        bool? allowWatchBookmarks = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        var scope = new WatchScope(@namespace, labelSelector, fieldSelector) { Bookmarks = allowWatchBookmarks ?? false };
        await foreach (var (type, json) in WatchRawAsync(EntityRoute.Of<TEntity>(), scope, resourceVersion, cancellationToken))
            yield return (type, json.Deserialize<TEntity>(KubernetesJson.Answers)!);
    }

    public void Dispose() => client.Dispose();

    /// <param name="route">Of the type.</param>
    /// <param name="scope">Namespace and selectors.</param>
    /// <param name="next">Where the page before ended.</param>
    /// <param name="json">Knows how to read an item.</param>
    /// <param name="ct">Ends the request.</param>
    internal Task<EntityList<TItem>> ListPageAsync<TItem>(EntityRoute route, WatchScope scope, string? next, JsonSerializerOptions json, CancellationToken ct) =>
        ListPageAsync<TItem>(route, scope, next, CutPageSize, json, ct);

    internal async IAsyncEnumerable<(WatchEventType Type, JsonElement Json)> WatchRawAsync(
        EntityRoute route, WatchScope scope, string? resourceVersion, [EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await _transport.OpenAsync(scope.Request(route, resourceVersion), ct);
        var silence = scope.Timeout is { } timeout ? timeout + scope.Grace : Timeout.InfiniteTimeSpan;
        await foreach (var item in WatchReader.ReadAsync<JsonElement>(response, silence, _transport.Time, ct))
            yield return item;
    }

    private Task<EntityList<TItem>> ListPageAsync<TItem>(
        EntityRoute route, WatchScope scope, string? next, int size, JsonSerializerOptions json, CancellationToken ct) =>
        _transport.SendAsync<EntityList<TItem>>(
            new(HttpMethod.Get, route.Collection(scope.Namespace))
            {
                Query =
                [
                    ("labelSelector", scope.LabelSelector), ("fieldSelector", scope.FieldSelector), ("limit", size.ToString()),
                    ("continue", next),
                ],
            },
            json, ct);

    private static TEntity Named<TEntity>(TEntity entity)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        var route = EntityRoute.Of<TEntity>();
        entity.ApiVersion ??= route.ApiVersion;
        entity.Kind ??= route.Kind;
        return entity;
    }

    private static string Item<TEntity>(TEntity entity)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        EntityRoute.Of<TEntity>().Item(entity.Namespace(), entity.Name());

    private Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken ct) =>
        _transport.SendAsync<T>(new(method, path) { Body = body }, ct);
}
