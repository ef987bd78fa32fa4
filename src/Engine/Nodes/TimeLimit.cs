using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Nodes;

/// <summary>
/// The wall time of one try of a node: its own time-out inside its branch's. Scripts watch <see cref="Deadline"/> themselves;
/// work outside Lua runs under the token of <see cref="Arm"/>.
/// </summary>
internal sealed class TimeLimit(Branch branch, TimeSpan? own, string owner) : IDisposable
{
    private CancellationTokenSource? _source;

    public Deadline? Deadline { get; } = own is { } limit ? Deadline.Of(limit, owner, branch.Deadline) : branch.Deadline;

    /// <summary>Ends with the branch's stop.</summary>
    public CancellationToken Token => branch.Stop.Token;

    /// <summary>Whether the work was told to end: the timer may be a moment ahead of the deadline's own clock.</summary>
    public bool IsOver => Reason is not null || _source is { IsCancellationRequested: true };

    /// <summary>Why the work had to end; null while it has not.</summary>
    public NodeFailure? Reason => branch.Ended ?? (Deadline is { HasPassed: true } deadline ? deadline.Failure : null);

    /// <summary>The failure of work that was told to end.</summary>
    public NodeFailure Passed => Reason ?? Deadline!.Failure;

    public static TimeLimit Of(Branch branch, Node node) => new(branch, node.Timeout, $"Node '{node.Name}'");

    /// <summary>Starts the clock (the first work of a branch may be a query) and arms the token.</summary>
    public CancellationToken Arm()
    {
        if (Deadline is not { } deadline) return Token;
        _source ??= CancellationTokenSource.CreateLinkedTokenSource(Token);
        _source.CancelAfter(deadline.Clock.Start());
        return _source.Token;
    }

    public void Dispose() => _source?.Dispose();
}
