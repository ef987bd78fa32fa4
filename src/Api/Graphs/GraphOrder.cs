using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Graphs;

/// <summary>
/// The order of a dependency graph (NORP-005): Kahn's algorithm with a sorted queue (priority ascending, then id, ordinal), so that it
/// does not depend on the order of the file. O(V log V + E).
/// </summary>
public static class GraphOrder
{
    /// <summary>The plan, or null when the graph has a cycle (see <see cref="CycleFinder"/>). No nodes give an empty plan.</summary>
    public static ExecutionPlan? Plan(IReadOnlyList<GraphNode> nodes)
    {
        var graph = Adjacency.OfDependencies(nodes);
        var rank = Ranks(nodes);
        var waiting = new int[graph.Count];
        foreach (var to in graph.Successors.SelectMany(s => s)) waiting[to]++;

        var ready = new PriorityQueue<int, int>();
        for (var i = 0; i < graph.Count; i++)
        {
            if (waiting[i] == 0) ready.Enqueue(i, rank[i]);
        }

        var order = new List<int>(graph.Count);
        var level = new int[graph.Count];
        while (ready.TryDequeue(out var node, out _))
        {
            order.Add(node);
            foreach (var to in graph.Successors[node])
            {
                level[to] = Math.Max(level[to], level[node] + 1);
                if (--waiting[to] == 0) ready.Enqueue(to, rank[to]);
            }
        }

        return order.Count < graph.Count ? null : new ExecutionPlan([.. order.Select(i => nodes[i].Id)], Groups(nodes, level, rank));
    }

    private static int[] Ranks(IReadOnlyList<GraphNode> nodes)
    {
        var sorted = Enumerable.Range(0, nodes.Count).OrderBy(i => nodes[i].Priority).ThenBy(i => nodes[i].Id, StringComparer.Ordinal);
        var rank = new int[nodes.Count];
        foreach (var (position, node) in sorted.Index()) rank[node] = position;
        return rank;
    }

    private static List<ParallelGroup> Groups(IReadOnlyList<GraphNode> nodes, int[] level, int[] rank) =>
        [.. Enumerable.Range(0, nodes.Count)
            .GroupBy(i => level[i])
            .OrderBy(g => g.Key)
            .Select(g => new ParallelGroup(g.Key, [.. g.OrderBy(i => rank[i]).Select(i => nodes[i].Id)], g.Count() > 1))];
}
