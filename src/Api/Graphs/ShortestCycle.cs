namespace Bulkhead.Api.Graphs;

/// <summary>Breadth-first search inside one component: the shortest way from a node back to itself.</summary>
internal sealed class ShortestCycle(Adjacency graph, int[] component, int number)
{
    public IReadOnlyList<string> Through(int start)
    {
        var before = new Dictionary<int, int>();
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var next in graph.Successors[node])
            {
                if (next == start && node != start) return Path(start, node, before);
                if (next == start || component[next] != number || !before.TryAdd(next, node)) continue;
                queue.Enqueue(next);
            }
        }

        return [graph.Ids[start], graph.Ids[start]];
    }

    private List<string> Path(int start, int last, Dictionary<int, int> before)
    {
        var path = new List<string> { graph.Ids[start] };
        for (var node = last; node != start; node = before[node]) path.Add(graph.Ids[node]);
        path.Add(graph.Ids[start]);
        path.Reverse();
        return path;
    }
}
