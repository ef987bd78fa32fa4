using System.Text.Json;
using System.Text.Json.Serialization;
using Bulkhead.Api.Graphs;

namespace Bulkhead.Api.Workflows;

/// <summary>The deterministic order of a dependency graph (NORP-005).</summary>
/// <param name="LogicalOrder">Every node once, dependencies first.</param>
/// <param name="ParallelGroups">Levels, in order; the nodes of one level in rank order (priority, then id).</param>
public sealed record ExecutionPlan(
    [property: JsonPropertyName("logical_order")] IReadOnlyList<string> LogicalOrder,
    [property: JsonPropertyName("parallel_groups")] IReadOnlyList<ParallelGroup> ParallelGroups)
{
    /// <summary><c>{"logical_order":["A","B"],"parallel_groups":[{"level":0,"nodes":["A"],"parallel":false},...]}</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, GraphJson.Readable.ExecutionPlan);
}

/// <summary>Nodes whose dependencies all lie in lower levels; a barrier follows each group.</summary>
public sealed record ParallelGroup(
    [property: JsonPropertyName("level")] int Level,
    [property: JsonPropertyName("nodes")] IReadOnlyList<string> Nodes,
    [property: JsonPropertyName("parallel")] bool Parallel);
