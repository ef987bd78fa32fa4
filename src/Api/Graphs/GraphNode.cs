namespace Bulkhead.Api.Graphs;

/// <summary>What ordering needs to know about a node.</summary>
/// <param name="Id">Unique in its graph.</param>
/// <param name="DependsOn">Ids that come before; ids that the graph does not have are ignored.</param>
/// <param name="Priority">Lower runs first among nodes that are ready at the same time.</param>
public sealed record GraphNode(string Id, IReadOnlyList<string> DependsOn, int Priority = 0);
