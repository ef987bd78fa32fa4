using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>A cancellation that knows why: the first reason given counts, a parent's stop passes on to its children.</summary>
internal sealed class StopSource : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly StopSource? _parent;
    private NodeFailure? _reason;

    public StopSource(StopSource? parent, CancellationToken outer = default)
    {
        _parent = parent;
        _source = CancellationTokenSource.CreateLinkedTokenSource(parent?.Token ?? CancellationToken.None, outer);
        Token = _source.Token;
    }

    public CancellationToken Token { get; }

    /// <summary>Why it was stopped; a plain cancellation from outside has no reason of its own.</summary>
    public NodeFailure Reason => Volatile.Read(ref _reason)
        ?? (_parent is { Token.IsCancellationRequested: true } ? _parent.Reason : new(NodeFailure.Cancelled, "The execution was cancelled.", Retryable: false));

    public void Stop(NodeFailure reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, comparand: null);
        _source.Cancel();
    }

    /// <summary>Stops with <paramref name="reason"/> after <paramref name="limit"/>; the timer ends with the returned handle.</summary>
    public IDisposable? StopAfter(TimeSpan? limit, TimeProvider clock, NodeFailure reason) =>
        limit is { } time ? clock.CreateTimer(_ => Stop(reason), state: null, time, Timeout.InfiniteTimeSpan) : null;

    public void Dispose() => _source.Dispose();
}
