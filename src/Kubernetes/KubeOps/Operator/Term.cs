using k8s;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.KubernetesClient;
using KubeOps.Operator.Builder;
using KubeOps.Operator.Observability;
using KubeOps.Operator.Queue;
using KubeOps.Operator.Reconciliation;
using KubeOps.Operator.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KubeOps.Operator;

/// <summary>The work of one pipeline from taking the lead to losing it.</summary>
internal sealed class Term<TEntity> : IDisposable
    where TEntity : IKubernetesObject<V1ObjectMeta>
{
    private readonly OperatorSettings _settings;
    private readonly RuntimeOptions _options;
    private readonly OperatorMetrics? _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Reconciler<TEntity> _reconciler;

    private Term(IServiceProvider services, PipelineRegistration registration, WatchScope scope)
    {
        _settings = services.GetRequiredService<OperatorSettings>();
        _options = services.GetRequiredService<RuntimeOptions>();
        _metrics = services.GetService<OperatorMetrics>();
        _time = services.GetRequiredService<TimeProvider>();
        _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("KubeOps.Operator");
        var client = services.GetRequiredService<IKubernetesClient>();
        Store = new();
        Queue = new(new(_settings.ParallelReconciliation.ErrorBackoffBase, _options.MaxBackoff), _time);
        Reflector = new(
            new(
                services.GetRequiredService<KubernetesClient.KubernetesClient>(), scope,
                new(services.GetKeyedService<Func<TEntity, TEntity>>(OperatorBuilder.CacheKey), _logger), _options),
            Store, Queue, _settings.ReconcileStrategy, _options, _metrics, _time,
            _logger);
        _reconciler = new(
            services.GetRequiredService<IServiceScopeFactory>(), registration.Controller, Store, client,
            [.. services.GetServices<FinalizerRegistration>()], _settings, _logger);
    }

    public EntityStore<TEntity> Store { get; }

    public ReconcileQueue Queue { get; }

    public Reflector<TEntity> Reflector { get; }

    public TimeSpan Silence => Reflector.Silence;

    public static async Task<Term<TEntity>> CreateAsync(IServiceProvider services, PipelineRegistration registration, CancellationToken ct) =>
        new(services, registration, await registration.ScopeAsync(services, ct));

    public async Task RunAsync(CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var workers = Enumerable.Range(0, _settings.ParallelReconciliation.MaxParallelReconciliations).Select(_ => WorkAsync(either.Token));
        List<Task> tasks = [Reflector.RunAsync(either.Token), ResyncAsync(either.Token), .. workers];
        // None of them ends by itself: the first that does takes the others with it, and its fault ends the host.
        await Task.WhenAny(tasks);
        await either.CancelAsync();
        await Task.WhenAll(tasks);
    }

    public void Dispose() => Queue.Dispose();

    private async Task WorkAsync(CancellationToken ct)
    {
        await Task.Yield();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await TurnAsync(await Queue.TakeAsync(ct), ct);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task TurnAsync(EntityKey key, CancellationToken ct)
    {
        var begun = _time.GetTimestamp();
        var turn = new Turn(Failed: true, Again: null);
        try
        {
            turn = await _reconciler.RunAsync(key, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            _logger.Failed(e, typeof(TEntity).Name, key.Namespace, key.Name, e.Message);
        }
        finally
        {
            Queue.Done(key, turn.Failed, turn.Again);
            _metrics?.Reconciled(typeof(TEntity).Name, _time.GetElapsedTime(begun), turn.Failed);
        }
    }

    private async Task ResyncAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(_options.Resync * (0.9 + (Random.Shared.NextDouble() / 5)), _time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                foreach (var key in Store.Keys())
                    Queue.Add(key);
            }
        }
        catch (OperationCanceledException)
        {
            // The term is over.
        }
    }
}
