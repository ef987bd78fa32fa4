using System.Text.Json.Serialization;

namespace Bulkhead.Api.Workflows;

/// <summary>The deterministic order of a dependency graph (NORP-005).</summary>
public sealed record ExecutionPlan(
    [property: JsonPropertyName("logical_order")] IReadOnlyList<string> LogicalOrder,
    [property: JsonPropertyName("parallel_groups")] IReadOnlyList<ParallelGroup> ParallelGroups);

/// <summary>Nodes whose dependencies all lie in lower levels; a barrier follows each group.</summary>
public sealed record ParallelGroup(
    [property: JsonPropertyName("level")] int Level,
    [property: JsonPropertyName("nodes")] IReadOnlyList<string> Nodes,
    [property: JsonPropertyName("parallel")] bool Parallel);
