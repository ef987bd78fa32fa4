using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>How the graph ended.</summary>
/// <param name="State">The state at the end.</param>
/// <param name="Failure">Null when it succeeded.</param>
/// <param name="Reason">CamelCase reason of the result; null when it succeeded.</param>
internal sealed record GraphEnd(State State, NodeFailure? Failure, string? Reason)
{
    /// <summary>What the graph and <c>finally</c> have used.</summary>
    public required Spending Spending { get; init; }
}
