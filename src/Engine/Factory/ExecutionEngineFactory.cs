using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;
using Polly;
using Polly.CircuitBreaker;

namespace Bulkhead.Engine.Factory;

/// <summary>
/// The one way to an engine. Keeps the limit per user, the breaker around preparation, the age of engines, and the counts.
/// One factory per process; it knows engines, never what they work on.
/// </summary>
public sealed class ExecutionEngineFactory : IAsyncDisposable
{
    private readonly EngineFactoryOptions _options;
    private readonly IUserEventBridge _bridge;
    private readonly IExecutionHost _host;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline<IExecutionLease> _breaker;
    private readonly ActiveEngines _active;
    private readonly EngineMeter _meter;
    private readonly CancellationTokenSource _shutdown = new();
    private readonly Lock _lock = new();
    private Task? _loop;
    private Task<bool>? _ended;

    /// <param name="bridge">Where users listen; required.</param>
    /// <param name="host">Where executions take place.</param>
    /// <param name="options">Default: the defaults.</param>
    /// <param name="clock">Default: the system's.</param>
    /// <exception cref="ArgumentException">No bridge, or faulty options: all faults in one message.</exception>
    public ExecutionEngineFactory(
        IUserEventBridge? bridge, IExecutionHost host, EngineFactoryOptions? options = null, TimeProvider? clock = null)
    {
        _bridge = bridge ?? throw new ArgumentException(
            "ExecutionEngineFactory requires websocket_bridge: without it no user would see an event.", nameof(bridge));
        (_host, _options, _clock) = (host, options ?? new EngineFactoryOptions(), clock ?? TimeProvider.System);
        if (_options.Faults() is { Count: > 0 } faults) throw new ArgumentException(string.Join(' ', faults), nameof(options));
        _active = new ActiveEngines(_options.MaxEnginesPerUser);
        _meter = new EngineMeter(() => _active.Count);
        _breaker = CreationBreaker.Build(_options, _clock);
    }

    public EngineFactoryMetrics Metrics => _meter.Snapshot(_active.Count);

    /// <summary>The engines of each user that has one.</summary>
    public EngineSummary Summary() => new([.. _active.All.GroupBy(engine => (engine.Context.TenantId, engine.Context.UserId))
        .Select(user => new UserEngines(user.Key.TenantId, user.Key.UserId, [.. user.Select(Line)]))]);

    /// <summary>An engine for a context that is still to be made.</summary>
    /// <exception cref="EngineCreationException">The fields are faulty, or as in the other overload.</exception>
    public Task<UserExecutionEngine> CreateForUserAsync(ContextFields fields, CancellationToken cancellationToken) =>
        CreateForUserAsync(Checked(() => UserExecutionContext.Create(fields, _clock)), cancellationToken);

    /// <summary>An engine for this context, which must be active and have no engine yet.</summary>
    /// <exception cref="UserEngineLimitException">The user has as many as is allowed.</exception>
    /// <exception cref="EngineCreationSuspendedException">The breaker is open.</exception>
    /// <exception cref="EngineCreationException">The context is not one, has ended, or the host has no place.</exception>
    public async Task<UserExecutionEngine> CreateForUserAsync(UserExecutionContext? context, CancellationToken cancellationToken)
    {
        var owner = Checked(() => Usable(context));
        TakePlace(owner);
        IExecutionLease? lease = null;
        try
        {
            lease = await _breaker.ExecuteAsync(async token => await _host.LeaseAsync(owner, token), cancellationToken);
            return Register(owner, lease);
        }
        catch (Exception exception)
        {
            _active.GiveBackPlace(owner);
            if (lease is not null) await lease.DisposeAsync();
            if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested) throw;
            throw Refusal(owner, exception);
        }
    }

    /// <summary>An engine that is cleaned up when the scope is disposed.</summary>
    public async Task<UserExecutionScope> OpenScopeAsync(UserExecutionContext context, CancellationToken cancellationToken) =>
        new(this, await CreateForUserAsync(context, cancellationToken));

    /// <summary>Cancels the engine's run, ends its context and frees its place. Idempotent; never throws.</summary>
    public async Task CleanUpAsync(UserExecutionEngine engine)
    {
        var failures = await engine.CleanUpAsync();
        if (!_active.Remove(engine)) return;
        _meter.Cleaned();
        if (failures.Count > 0) _meter.CleanupFailed();
    }

    /// <summary>Refuses new engines and cleans up all that exist, within the time of the options. Idempotent.</summary>
    /// <returns>False when the time was over before all had ended.</returns>
    public Task<bool> ShutdownAsync()
    {
        lock (_lock) return _ended ??= EndAllAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await ShutdownAsync();
        _meter.Dispose();
        _shutdown.Dispose();
    }

    private static UserExecutionContext Usable(UserExecutionContext? context)
    {
        var owner = UserExecutionContext.Require(context);
        owner.RequireActive();
        owner.VerifyIsolation();
        return owner;
    }

    private UserExecutionContext Checked(Func<UserExecutionContext> context)
    {
        RequireOpen();
        try
        {
            return context();
        }
        catch (Exception exception)
        {
            _meter.CreationFailed();
            throw new EngineCreationException($"Invalid user context: {exception.Message}", exception);
        }
    }

    private void TakePlace(UserExecutionContext owner)
    {
        try
        {
            _active.TakePlace(owner);
        }
        catch (UserEngineLimitException)
        {
            _meter.UserLimitRejected();
            throw;
        }
    }

    private UserExecutionEngine Register(UserExecutionContext owner, IExecutionLease lease)
    {
        var emitter = new UserEventEmitter(owner, _bridge, _options.Events, _clock);
        var engine = new UserExecutionEngine(owner, lease, emitter, CleanUpAsync, _options.CleanupTimeout, _clock);
        lock (_lock)
        {
            RequireOpen();
            _active.Add(engine);
            _loop ??= CleanUpLoopAsync();
        }

        _meter.Created();
        return engine;
    }

    private EngineCreationException Refusal(UserExecutionContext owner, Exception cause)
    {
        if (cause is BrokenCircuitException broken)
        {
            _meter.BreakerRejected();
            return new EngineCreationSuspendedException(broken.RetryAfter ?? _options.BreakerPause, broken);
        }

        _meter.CreationFailed();
        return new EngineCreationException($"No engine for user {owner.UserId}: {cause.Message}", cause);
    }

    private async Task CleanUpLoopAsync()
    {
        using var timer = new PeriodicTimer(_options.CleanupInterval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_shutdown.Token)) await Task.WhenAll(_active.All.Where(IsOld).Select(CleanUpOldAsync));
        }
        catch (OperationCanceledException)
        {
            // The factory was shut down.
        }
    }

    private bool IsOld(UserExecutionEngine engine) => !engine.IsRunning && _clock.GetUtcNow() - engine.CreatedAt >= _options.EngineLifetime;

    private Task CleanUpOldAsync(UserExecutionEngine engine)
    {
        _meter.TimedOut();
        return CleanUpAsync(engine);
    }

    private async Task<bool> EndAllAsync()
    {
        await _shutdown.CancelAsync();
        var all = Task.WhenAll(_active.All.Select(CleanUpAsync));
        await all.WaitAsync(_options.ShutdownTimeout, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_loop is { } loop) await loop.WaitAsync(_options.CleanupTimeout, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return all.IsCompletedSuccessfully;
    }

    private void RequireOpen()
    {
        if (_shutdown.IsCancellationRequested) throw new EngineCreationException("The factory has been shut down.");
    }

    private EngineLine Line(UserExecutionEngine engine) => new(
        engine.Context.ExecutionId, engine.Context.ThreadId, engine.Context.RunId,
        (_clock.GetUtcNow() - engine.CreatedAt).TotalSeconds, engine.IsRunning);
}
