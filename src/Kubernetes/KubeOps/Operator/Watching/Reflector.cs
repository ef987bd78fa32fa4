using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.KubernetesClient;
using KubeOps.Operator.Observability;
using KubeOps.Operator.Queue;
using Microsoft.Extensions.Logging;

namespace KubeOps.Operator.Watching;

/// <summary>
/// Keeps the store equal to what the server has, and puts every change into the queue.
/// <code>
/// list -----------&gt; watch from the list's version ---- ended by the server ----&gt; watch from the last version
///   ^   what the list lacks is gone            |
///   +---- 410, or three failures in a row -----+---- any other failure: pause, then watch from the last version
/// </code>
/// </summary>
internal sealed class Reflector<TEntity>(
    EntitySource<TEntity> source, EntityStore<TEntity> store, ReconcileQueue queue, ReconcileStrategy strategy, RuntimeOptions options,
    OperatorMetrics? metrics, TimeProvider time, ILogger logger)
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private const int FailuresBeforeList = 3;
    private readonly Backoff _pause = new(TimeSpan.FromMilliseconds(100), options.MaxReconnectPause);
    private string? _version;
    private int _failures;
    private long _contact = time.GetTimestamp();

    /// <summary>How long ago the server was heard.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _contact));

    /// <summary>Completes with the first list: from then on the store is whole.</summary>
    public TaskCompletionSource Listed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (_version is null)
                    await ListAsync(ct);
                // A watch that ends at once and says nothing is a server that does not want us now.
                _failures = await WatchAsync(ct) ? 0 : _failures + 1;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _failures++;
                Recover(e);
            }
            if (_failures > 0)
                await PauseAsync(ct);
        }
    }

    private async Task ListAsync(CancellationToken ct)
    {
        var seen = new HashSet<EntityKey>();
        string? next = null, version;
        do
        {
            var page = await source.ListPageAsync(next, ct);
            Contact();
            foreach (var item in page.Items)
            {
                var (entity, metadata) = item;
                seen.Add(EntityKey.Of(metadata));
                if (entity is not null)
                    Saw(entity);
            }
            (next, version) = (page.Metadata.ContinueProperty, page.Metadata.ResourceVersion);
        }
        while (!string.IsNullOrEmpty(next));
        foreach (var key in store.RemoveAllBut(seen))
            queue.Add(key);
        _version = version;
        Listed.TrySetResult();
        logger.Listed(typeof(TEntity).Name, seen.Count, version);
    }

    /// <returns>False: it ended within a second without an event.</returns>
    private async Task<bool> WatchAsync(CancellationToken ct)
    {
        var begun = time.GetTimestamp();
        var any = false;
        await foreach (var (type, json) in source.WatchAsync(_version!, ct))
        {
            Contact();
            any = true;
            _failures = 0;
            metrics?.WatchEvent(typeof(TEntity).Name);
            Handle(type, json);
        }
        return any || time.GetElapsedTime(begun) > TimeSpan.FromSeconds(1);
    }

    private void Handle(WatchEventType type, JsonElement json)
    {
        if (type == WatchEventType.Bookmark)
        {
            _version = json.GetProperty("metadata").GetProperty("resourceVersion").GetString();
            return;
        }
        var (entity, metadata) = source.Read(json);
        var key = EntityKey.Of(metadata);
        if (type == WatchEventType.Deleted)
        {
            if (store.Remove(key, entity))
                queue.Add(key);
        }
        else if (entity is not null)
        {
            Saw(entity);
        }
        _version = metadata.ResourceVersion;
    }

    private void Saw(TEntity entity)
    {
        var change = store.Put(entity);
        if (strategy == ReconcileStrategy.ByGeneration ? change.IsNewGeneration : change.IsNewVersion)
            queue.Add(EntityKey.Of(entity));
    }

    private void Recover(Exception error)
    {
        metrics?.WatchFailed(typeof(TEntity).Name);
        logger.WatchFailed(typeof(TEntity).Name, error.Message, _failures);
        if (IsGone(error) || _failures >= FailuresBeforeList)
            _version = options.Relist ? null : _version is null ? null : "";
    }

    private static bool IsGone(Exception error) => error switch
    {
        KubernetesException e => e.Status?.Code == (int)HttpStatusCode.Gone,
        HttpOperationException e => e.Response?.StatusCode == HttpStatusCode.Gone,
        _ => false,
    };

    private void Contact() => Interlocked.Exchange(ref _contact, time.GetTimestamp());

    private async Task PauseAsync(CancellationToken ct)
    {
        try
        {
            await Task.Delay(_pause.Pause(_failures), time, ct);
        }
        catch (OperationCanceledException)
        {
            // The loop ends by itself.
        }
    }
}
