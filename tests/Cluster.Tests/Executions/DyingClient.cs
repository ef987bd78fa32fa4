using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>
/// Counts the writes of an operator for executions, events apart, and lets it die before or after one of them: from then on nothing of it reaches the server any more, as
/// after a kill -9 at that point.
/// </summary>
internal sealed class DyingClient(IKubernetesClient inner, int dieAt = int.MaxValue, bool afterTheWrite = false) : IKubernetesClient
{
    private readonly List<string> _writes = [];
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _dead;

    public Task Died => _died.Task;

    public IReadOnlyList<string> Writes
    {
        get
        {
            lock (_writes) return [.. _writes];
        }
    }

    public IKubernetes ApiClient => inner.ApiClient;

    public Uri BaseUri => inner.BaseUri;

    public Task<string> GetCurrentNamespaceAsync(string downwardApiEnvName = "POD_NAMESPACE", CancellationToken cancellationToken = default) =>
        inner.GetCurrentNamespaceAsync(downwardApiEnvName, cancellationToken);

    public Task<TEntity?> GetAsync<TEntity>(string name, string? @namespace = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> => Alive().GetAsync<TEntity>(name, @namespace, cancellationToken);

    public Task<IList<TEntity>> ListAsync<TEntity>(
        string? @namespace = null, string? labelSelector = null, string? fieldSelector = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        Alive().ListAsync<TEntity>(@namespace, labelSelector, fieldSelector, cancellationToken);

    public Task<TEntity> CreateAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> => WriteAsync<TEntity, TEntity>("create", () => inner.CreateAsync(entity, cancellationToken));

    public Task<TEntity> UpdateAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> => WriteAsync<TEntity, TEntity>("update", () => inner.UpdateAsync(entity, cancellationToken));

    public Task<TEntity> SaveAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> => WriteAsync<TEntity, TEntity>("save", () => inner.SaveAsync(entity, cancellationToken));

    public Task<TEntity> UpdateStatusAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> => WriteAsync<TEntity, TEntity>("status", () => inner.UpdateStatusAsync(entity, cancellationToken));

    public Task<TEntity> PatchAsync<TEntity>(
        V1Patch patch, string name, string? @namespace = null, string? fieldManager = null, bool? force = null, string? dryRun = null,
        CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        WriteAsync<TEntity, TEntity>("patch", () => inner.PatchAsync<TEntity>(patch, name, @namespace, fieldManager, force, dryRun, cancellationToken));

    public Task DeleteAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> => DeleteAsync<TEntity>(entity.Metadata.Name, entity.Metadata.NamespaceProperty, cancellationToken);

    public Task DeleteAsync<TEntity>(string name, string? @namespace = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> => WriteAsync<TEntity, bool>("delete", async () =>
        {
            await inner.DeleteAsync<TEntity>(name, @namespace, cancellationToken);
            return true;
        });

    public IAsyncEnumerable<(WatchEventType Type, TEntity Entity)> WatchAsync<TEntity>(
        string? @namespace = null, string? resourceVersion = null, string? labelSelector = null, string? fieldSelector = null,
        bool? allowWatchBookmarks = null, CancellationToken cancellationToken = default)
        where TEntity : IKubernetesObject<V1ObjectMeta> =>
        inner.WatchAsync<TEntity>(@namespace, resourceVersion, labelSelector, fieldSelector, allowWatchBookmarks, cancellationToken);

    public void Dispose() => inner.Dispose();

    private async Task<TResult> WriteAsync<TEntity, TResult>(string verb, Func<Task<TResult>> write)
    {
        Alive();
        if (typeof(TEntity) == typeof(Corev1Event) || typeof(TEntity) == typeof(ConnectionEntity)) return await write();
        int number;
        lock (_writes)
        {
            _writes.Add($"{verb} {typeof(TEntity).Name.Replace("V1", "", StringComparison.Ordinal)}");
            number = _writes.Count;
        }

        if (number != dieAt) return await write();
        if (afterTheWrite) await write();
        _dead = true;
        _died.TrySetResult();
        throw Death();
    }

    private IKubernetesClient Alive() => _dead ? throw Death() : inner;

    private static HttpRequestException Death() => new("this operator is dead");
}
