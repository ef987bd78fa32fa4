using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Nodes;

/// <summary>
/// The wall time of one try of a node: its own time-out inside its branch's. Scripts watch <see cref="Deadline"/> themselves;
/// work outside Lua runs under the token of <see cref="Arm"/>.
/// </summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly Branch _branch;
    private readonly Node _node;
    private readonly CancellationTokenSource _source;

    private TimeLimit(Branch branch, Node node)
    {
        (_branch, _node) = (branch, node);
        _source = CancellationTokenSource.CreateLinkedTokenSource(branch.Stop.Token);
        Deadline = node.Timeout is { } own ? new LuaDeadline(own, branch.Deadline) : branch.Deadline;
    }

    public LuaDeadline? Deadline { get; }

    /// <summary>Ends with the branch's stop.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Why the work had to end; null while it has not.</summary>
    public NodeFailure? Reason =>
        _branch.Stop.Token.IsCancellationRequested ? _branch.Stop.Reason
        : Deadline is { HasPassed: true } ? Passed
        : null;

    /// <summary>The failure of work that outlived its deadline.</summary>
    public NodeFailure Passed => _branch.Deadline is { HasPassed: true } deadline
        ? new(NodeFailure.TimeoutError, $"Branch '{_branch.Name}' exceeded its time-out of {deadline.Limit.TotalSeconds:0.###} s.")
        : new(NodeFailure.TimeoutError, $"Node '{_node.Name}' exceeded its time-out of {Deadline?.Limit.TotalSeconds:0.###} s.");

    public static TimeLimit Of(Branch branch, Node node) => new(branch, node);

    /// <summary>Starts the clock (the first work of a branch may be a query) and arms the token.</summary>
    public CancellationToken Arm()
    {
        if (Deadline is { } deadline) _source.CancelAfter(deadline.Start());
        return _source.Token;
    }

    public void Dispose() => _source.Dispose();
}
