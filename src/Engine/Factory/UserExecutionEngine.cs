using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;

namespace Bulkhead.Engine.Factory;

/// <summary>
/// The one engine type: runs one execution of one user, once. Made by <see cref="ExecutionEngineFactory"/> only; holds nothing of
/// any other user. Whatever the end, the context has ended and the user has seen agent_completed when the run returns.
/// </summary>
public sealed class UserExecutionEngine : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly IExecutionLease _lease;
    private readonly Func<UserExecutionEngine, Task> _cleanUpThroughFactory;
    private readonly TimeSpan _cleanupTimeout;
    private readonly TimeProvider _clock;
    private Stage _stage;
    private Task<IReadOnlyList<string>>? _cleanup;

    internal UserExecutionEngine(
        UserExecutionContext context, IExecutionLease lease, UserEventEmitter emitter,
        Func<UserExecutionEngine, Task> cleanUp, TimeSpan cleanupTimeout, TimeProvider clock)
    {
        (Context, _lease, Emitter, _clock) = (context, lease, emitter, clock);
        (_cleanUpThroughFactory, _cleanupTimeout) = (cleanUp, cleanupTimeout);
        CreatedAt = clock.GetUtcNow();
    }

    private enum Stage
    {
        Ready,
        Running,
        Ran,
    }

    public UserExecutionContext Context { get; }

    /// <summary>The way to this run's user, and to nobody else.</summary>
    public UserEventEmitter Emitter { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>False from the first step of its clean-up on.</summary>
    public bool IsActive
    {
        get
        {
            lock (_lock) return _cleanup is null;
        }
    }

    public bool IsRunning
    {
        get
        {
            lock (_lock) return _stage == Stage.Running;
        }
    }

    /// <summary>Runs the workflow. Cleaning the engine up cancels it.</summary>
    /// <param name="workflow">The loaded, valid document.</param>
    /// <param name="job">Must be of this engine's context.</param>
    /// <param name="events">Where the process that runs it wants the events.</param>
    /// <param name="cancellationToken">Cancels the run, not the release.</param>
    /// <exception cref="ContextIsolationException">The job is of another execution, tenant, user, thread or run.</exception>
    /// <exception cref="ExecutionEndedException">The engine has run, or was cleaned up.</exception>
    public async Task<ExecutionResult> RunAsync(Workflow workflow, Job job, IExecutionEvents events, CancellationToken cancellationToken)
    {
        RequireMine(job);
        Begin();
        var started = _clock.GetTimestamp();
        ExecutionResult? result = null;
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
            result = await _lease.RunAsync(workflow, job, new EventFork(Emitter, events), stop.Token);
            return result;
        }
        finally
        {
            Emitter.Complete(result ?? Broken(_clock.GetElapsedTime(started)));
            foreach (var failure in await EndContextAsync()) events.Emit(Log(failure));
            lock (_lock) _stage = Stage.Ran;
            _ran.SetResult();
        }
    }

    /// <summary>Cleans the engine up through its factory.</summary>
    public async ValueTask DisposeAsync() => await _cleanUpThroughFactory(this);

    /// <summary>Cancels what runs, ends the context, gives the lease back. Idempotent.</summary>
    /// <returns>What did not end as it should.</returns>
    internal Task<IReadOnlyList<string>> CleanUpAsync()
    {
        var finished = new TaskCompletionSource<IReadOnlyList<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_cleanup is not null) return _cleanup;
            _cleanup = finished.Task;
            if (_stage == Stage.Ready) _ran.SetResult();
        }

        return CleanUpOnceAsync(finished);
    }

    private async Task<IReadOnlyList<string>> CleanUpOnceAsync(TaskCompletionSource<IReadOnlyList<string>> finished)
    {
        var failures = new List<string>();
        await TryAsync("run", () => Task.WhenAll(_stop.CancelAsync(), _ran.Task.WaitAsync(_cleanupTimeout, _clock)));
        await TryAsync("context", async () =>
            failures.AddRange((await EndContextAsync()).Select(failure => $"{failure.Name}: {failure.Message}")));
        await TryAsync("lease", () => _lease.DisposeAsync().AsTask().WaitAsync(_cleanupTimeout, _clock));
        await TryAsync("events", () => Emitter.DisposeAsync().AsTask());
        if (_ran.Task.IsCompleted) _stop.Dispose();
        finished.SetResult(failures);
        return failures;

        async Task TryAsync(string part, Func<Task> end)
        {
            try
            {
                await end();
            }
            catch (Exception exception)
            {
                failures.Add($"{part}: {exception.Message}");
            }
        }
    }

    private async Task<IReadOnlyList<CleanupFailure>> EndContextAsync()
    {
        using var patience = new CancellationTokenSource(_cleanupTimeout, _clock);
        return await Context.EndAsync(patience.Token);
    }

    private void Begin()
    {
        lock (_lock)
        {
            if (_stage != Stage.Ready || _cleanup is not null) throw new ExecutionEndedException(Context.ExecutionId);
            Context.RequireActive();
            _stage = Stage.Running;
        }
    }

    private void RequireMine(Job job)
    {
        var mine = job.ExecutionUid == Context.ExecutionUid && job.TenantId == Context.TenantId && job.UserId == Context.UserId
            && job.ThreadId == Context.ThreadId && job.RunId == Context.RunId && job.Attempt == Context.Attempt;
        if (!mine) throw new ContextIsolationException($"The job of {job.ExecutionId} is not the engine's own: {Context}.");
    }

    private ExecutionResult Broken(TimeSpan duration) => new()
    {
        Phase = ExecutionPhase.Failed,
        Reason = "EngineFailed",
        ExecutionId = Context.ExecutionId,
        TenantId = Context.TenantId,
        Attempt = Context.Attempt,
        DurationMs = duration.TotalMilliseconds,
    };

    private ExecutionEvent Log(CleanupFailure failure) => new()
    {
        Type = "log",
        Timestamp = _clock.GetUtcNow(),
        ExecutionId = Context.ExecutionId,
        Fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["level"] = JsonSerializer.SerializeToElement("error"),
            ["message"] = JsonSerializer.SerializeToElement($"clean-up {failure.Name} failed: {failure.Message}"),
        },
    };
}
