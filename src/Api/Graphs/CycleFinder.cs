using Bulkhead.Api.Text;

namespace Bulkhead.Api.Graphs;

/// <summary>
/// Cycles of a graph (NORP-004): one short cycle of each strongly connected component and every self loop, in time proportional to
/// nodes plus edges. A cycle begins and ends with its first node in ordinal order.
/// </summary>
public static class CycleFinder
{
    /// <summary>Most cycles that one report names.</summary>
    public const int Most = 100;

    /// <summary>Cycles among dependencies: <c>["A","B","A"]</c> where B depends on A and A on B.</summary>
    public static IReadOnlyList<CycleDiagnostic> Find(IReadOnlyList<GraphNode> nodes) => Find(Adjacency.OfDependencies(nodes));

    /// <summary>Cycles along edges.</summary>
    public static IReadOnlyList<CycleDiagnostic> Find(IReadOnlyList<string> ids, IEnumerable<(string From, string To)> edges) =>
        Find(Adjacency.OfEdges(ids, edges));

    internal static IReadOnlyList<CycleDiagnostic> Find(Adjacency graph)
    {
        var cycles = new List<IReadOnlyList<string>>();
        var component = new int[graph.Count];
        var number = 0;
        foreach (var members in Components.Of(graph))
        {
            number++;
            foreach (var member in members) component[member] = number;
            cycles.AddRange(
                members.Where(m => graph.Successors[m].Contains(m)).Select(m => (IReadOnlyList<string>)[graph.Ids[m], graph.Ids[m]]));
            if (members.Count > 1) cycles.Add(new ShortestCycle(graph, component, number).Through(First(graph, members)));
        }

        return [.. cycles.OrderBy(c => c[0], StringComparer.Ordinal).ThenBy(c => c.Count).Take(Most).Select(Diagnose)];
    }

    private static int First(Adjacency graph, IReadOnlyList<int> members) => members.MinBy(m => graph.Ids[m], StringComparer.Ordinal);

    private static CycleDiagnostic Diagnose(IReadOnlyList<string> path) => new($"the nodes form a cycle: {Text(path)}", path);

    private static string Text(IReadOnlyList<string> path) => path.Count <= 12
        ? string.Join(" -> ", path.Select(Quoted.Short))
        : $"{string.Join(" -> ", path.Take(6).Select(Quoted.Short))} -> ... ({path.Count - 9} more) -> {string.Join(" -> ", path.TakeLast(3).Select(Quoted.Short))}";
}
