using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>The wish from outside that no other node starts: what runs goes on to its end, and then <c>finally</c> runs.</summary>
/// <param name="asked">Cancelled when somebody wishes it.</param>
internal sealed class SoftStop(CancellationToken asked)
{
    private volatile bool _hasRefused;

    public static NodeFailure Failure { get; } = new(NodeFailure.Stopped, "The execution was stopped; this node was not started.", Retryable: false);

    /// <summary>Whether a node was not started that would have been.</summary>
    public bool HasRefused => _hasRefused;

    /// <summary>Asked before each node: whether it may start.</summary>
    public bool Refuses() => _hasRefused |= asked.IsCancellationRequested;
}
