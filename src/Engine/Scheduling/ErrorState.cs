using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>What a failed node leaves in state when the graph goes on: <c>error</c>, <c>error_type</c>, <c>error_node</c>.</summary>
internal static class ErrorState
{
    /// <summary>
    /// Whether the graph goes on after a failure (<c>on_error: graceful</c>, or a fallback). A branch that has to end, ends.
    /// </summary>
    public static bool Continues(Branch branch, Node node, NodeFailure failure)
    {
        if (node is { OnError: not OnError.Graceful, Fallback: null }) return false;
        if (branch.Ended is not null || failure.Type == NodeFailure.Stopped) return false;
        branch.State = Of(branch.State, node, failure);
        return true;
    }

    public static State Of(State state, Node? node, NodeFailure failure) => state
        .With("error", Json.Of(failure.Message))
        .With("error_type", Json.Of(failure.Type))
        .With("error_node", Json.Of(node?.Name));

    /// <summary>The same as one object: what dependants see as the output of a node that failed gracefully.</summary>
    public static JsonElement OutputOf(Node node, NodeFailure failure) => Of(State.Empty, node, failure).ToJson();
}
