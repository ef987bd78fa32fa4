using System.Text.Json;

namespace Bulkhead.Api.Workflows;

/// <summary>A valid workflow: what the loader returns and the engine runs. Immutable.</summary>
public sealed record Workflow
{
    /// <summary>The name before the first node: edges from here choose where a state graph starts.</summary>
    public const string StartName = "__start__";

    /// <summary>The name after the last node: a transition to it finishes the workflow.</summary>
    public const string EndName = "__end__";

    public required Dialect Dialect { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Version { get; init; }

    /// <summary>The tenant that the document claims; a different tenant of the execution is refused (NORP-002).</summary>
    public string? TenantId { get; init; }

    public IReadOnlyDictionary<string, JsonElement> InitialState { get; init; } = JsonFields.Empty;

    /// <summary>Values copied into each branch, never shared.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = JsonFields.Empty;

    public WorkflowSettings Settings { get; init; } = new();

    /// <summary>All nodes in the order of the document.</summary>
    public required IReadOnlyList<Node> Nodes { get; init; }

    /// <summary>Nodes that run at every end but Terminated, before the connections are released.</summary>
    public IReadOnlyList<Node> Finally { get; init; } = [];

    /// <summary>
    /// State graphs only: what may follow a node, goto rules before edges, first match wins. Keyed by node name and
    /// <see cref="StartName"/>; every node has an entry: where the document names no successor, the one rule leads to the next
    /// node of the list, from the end of a branch to its fan-in, from the last node to <see cref="EndName"/>.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Transition>> Transitions { get; init; } =
        new Dictionary<string, IReadOnlyList<Transition>>(StringComparer.Ordinal);

    /// <summary>Dependency graphs only: the order and its parallel groups (NORP-005).</summary>
    public ExecutionPlan? Plan { get; init; }
}
