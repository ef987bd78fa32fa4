namespace Bulkhead.Engine.Contexts;

/// <summary>
/// The one thing of a context that changes: whether its execution has ended, and what is to be done then. It belongs to one
/// execution of one user, is shared by the contexts of that execution only, and <see cref="UserExecutionContext.VerifyIsolation()"/>
/// checks the owner.
/// </summary>
internal sealed class ExecutionLifetime(Guid executionUid, string tenantId, string userId)
{
    private readonly Lock _lock = new();
    private readonly Stack<(string Name, Func<CancellationToken, Task> Action)> _cleanups = new();
    private Task<IReadOnlyList<CleanupFailure>>? _end;

    public Guid ExecutionUid { get; } = executionUid;

    public string TenantId { get; } = tenantId;

    public string UserId { get; } = userId;

    public bool HasEnded
    {
        get
        {
            lock (_lock) return _end is not null;
        }
    }

    /// <summary>False when the execution has ended, and the clean-up would never run.</summary>
    public bool TryAdd(string name, Func<CancellationToken, Task> cleanup)
    {
        lock (_lock)
        {
            if (_end is not null) return false;
            _cleanups.Push((name, cleanup));
            return true;
        }
    }

    /// <summary>
    /// Ends the execution. Clean-ups run last in, first out; later calls wait for the same end. Once the token is cancelled nobody
    /// waits for a clean-up any longer, but each is still started.
    /// </summary>
    public Task<IReadOnlyList<CleanupFailure>> EndAsync(CancellationToken cancellationToken)
    {
        var finished = new TaskCompletionSource<IReadOnlyList<CleanupFailure>>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_end is not null) return _end;
            _end = finished.Task;
        }

        return CleanUpAsync(finished, cancellationToken);
    }

    private async Task<IReadOnlyList<CleanupFailure>> CleanUpAsync(
        TaskCompletionSource<IReadOnlyList<CleanupFailure>> finished, CancellationToken cancellationToken)
    {
        var failures = new List<CleanupFailure>();
        while (_cleanups.TryPop(out var cleanup))
        {
            try
            {
                await cleanup.Action(cancellationToken).WaitAsync(cancellationToken);
            }
            catch (Exception exception)
            {
                failures.Add(new CleanupFailure(cleanup.Name, exception.Message));
            }
        }

        finished.SetResult(failures);
        return failures;
    }
}
