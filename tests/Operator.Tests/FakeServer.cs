using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Tests;

/// <summary>An API server in memory, as far as a turn asks one: objects as JSON with versions, finalizers by patch, and refusals where a test wants them.</summary>
internal sealed class FakeServer : IKubernetesClient
{
    private readonly Dictionary<(string Kind, string? Namespace, string Name), JsonObject> _objects = [];
    private int _version = 100;

    /// <summary>Asked before a write, with verb and kind; null: it is taken.</summary>
    public Func<string, HttpOperationException?> Refuse { get; set; } = _ => null;

    /// <summary>Runs after a list of the kind was made, before it is answered.</summary>
    public Func<string, Task> Listed { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whom requests with options go to.</summary>
    public IKubernetes ApiClient { get; set; } = null!;

    public Uri BaseUri => new("http://localhost");

    public static HttpOperationException Error(HttpStatusCode code, string message) => new(message)
    {
        Response = new HttpResponseMessageWrapper(new HttpResponseMessage(code), message),
        Body = new V1Status { Message = message },
    };

    public T Put<T>(T entity)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        entity.Metadata.ResourceVersion = $"{++_version}";
        _objects[Key<T>(entity.Metadata.NamespaceProperty, entity.Metadata.Name)] = JsonNode.Parse(KubernetesJson.Serialize(entity))!.AsObject();
        return entity;
    }

    public void Remove<T>(string name, string? ns) => _objects.Remove(Key<T>(ns, name));

    public Task<string> GetCurrentNamespaceAsync(string downwardApiEnvName = "POD_NAMESPACE", CancellationToken cancellationToken = default) => Task.FromResult("acme");

    public Task<TEntity?> GetAsync<TEntity>(string name, string? @namespace = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        Task.FromResult(_objects.TryGetValue(Key<TEntity>(@namespace, name), out var found) ? Read<TEntity>(found) : default);

    public async Task<IList<TEntity>> ListAsync<TEntity>(
        string? @namespace = null, string? labelSelector = null, string? fieldSelector = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        var wanted = (labelSelector ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')).ToList();
        List<TEntity> all =
        [
            .. from stored in _objects
               where stored.Key.Kind == Kind<TEntity>() && (@namespace is null || stored.Key.Namespace == @namespace)
               let entity = Read<TEntity>(stored.Value)
               where wanted.All(w => entity.GetLabel(w[0]) == w[1])
               select entity,
        ];
        await Listed(Kind<TEntity>());
        return all;
    }

    public Task<TEntity> CreateAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        Ask<TEntity>("create");
        if (_objects.ContainsKey(Key<TEntity>(entity.Namespace(), entity.Name()))) throw Error(HttpStatusCode.Conflict, "already exists");
        return Task.FromResult(Put(entity));
    }

    public Task<TEntity> UpdateAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> => throw new NotSupportedException();

    public Task<TEntity> SaveAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> => throw new NotSupportedException();

    public Task<TEntity> UpdateStatusAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        Ask<TEntity>("status");
        var stored = Find<TEntity>(entity.Name(), entity.Namespace());
        stored["status"] = JsonNode.Parse(KubernetesJson.Serialize(entity))!["status"]?.DeepClone();
        return Task.FromResult(Put(Read<TEntity>(stored)));
    }

    /// <summary>Knows what the operator patches: one finalizer; anything else changes nothing.</summary>
    public Task<TEntity> PatchAsync<TEntity>(
        V1Patch patch, string name, string? @namespace = null, string? fieldManager = null, bool? force = null, string? dryRun = null,
        CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        Ask<TEntity>("patch");
        var entity = Read<TEntity>(Find<TEntity>(name, @namespace));
        if (JsonNode.Parse(KubernetesJson.Serialize(patch.Content)) is JsonArray operations && operations[^1] is { } last)
        {
            if ((string?)last["op"] == "remove") entity.Metadata.Finalizers = null;
            else entity.Metadata.Finalizers = [last["value"] is JsonArray list ? (string)list[0]! : (string)last["value"]!];
        }

        return Task.FromResult(Put(entity));
    }

    public Task DeleteAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> => DeleteAsync<TEntity>(entity.Name(), entity.Namespace(), cancellationToken);

    public Task DeleteAsync<TEntity>(string name, string? @namespace = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta>
    {
        Ask<TEntity>("delete");
        Remove<TEntity>(name, @namespace);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<(WatchEventType Type, TEntity Entity)> WatchAsync<TEntity>(
        string? @namespace = null, string? resourceVersion = null, string? labelSelector = null, string? fieldSelector = null,
        bool? allowWatchBookmarks = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private void Ask<T>(string verb)
    {
        if (Refuse($"{verb} {Kind<T>()}") is { } error) throw error;
    }

    private JsonObject Find<T>(string name, string? ns) => _objects.GetValueOrDefault(Key<T>(ns, name)) ?? throw Error(HttpStatusCode.NotFound, "not found");

    private static T Read<T>(JsonObject stored) => KubernetesJson.Deserialize<T>(stored.ToJsonString());

    private static (string Kind, string? Namespace, string Name) Key<T>(string? ns, string name) => (Kind<T>(), ns, name);

    private static string Kind<T>() => typeof(T).GetCustomAttribute<KubernetesEntityAttribute>()!.Kind;
}
