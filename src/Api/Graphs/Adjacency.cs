namespace Bulkhead.Api.Graphs;

/// <summary>A graph as numbers: for each node, by its index, the indexes of the nodes that follow it, without repetition.</summary>
internal sealed class Adjacency
{
    private Adjacency(IReadOnlyList<string> ids, List<int>[] successors) => (Ids, Successors) = (ids, successors);

    public IReadOnlyList<string> Ids { get; }

    public IReadOnlyList<IReadOnlyList<int>> Successors { get; }

    public int Count => Ids.Count;

    /// <summary>Edges run from a dependency to its dependents.</summary>
    public static Adjacency OfDependencies(IReadOnlyList<GraphNode> nodes)
    {
        var index = IndexOf([.. nodes.Select(n => n.Id)]);
        var successors = Lists(nodes.Count);
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var dependency in nodes[i].DependsOn)
            {
                if (index.TryGetValue(dependency, out var from) && !(successors[from] is [.., var last] && last == i))
                    successors[from].Add(i);
            }
        }

        return new Adjacency([.. nodes.Select(n => n.Id)], successors);
    }

    /// <summary>Edges as they run; ends that <paramref name="ids"/> does not have are ignored.</summary>
    public static Adjacency OfEdges(IReadOnlyList<string> ids, IEnumerable<(string From, string To)> edges)
    {
        var index = IndexOf(ids);
        var successors = Lists(ids.Count);
        foreach (var (from, to) in edges)
        {
            if (index.TryGetValue(from, out var a) && index.TryGetValue(to, out var b)) successors[a].Add(b);
        }

        return new Adjacency(ids, successors);
    }

    private static List<int>[] Lists(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<int>(1))];

    private static Dictionary<string, int> IndexOf(IReadOnlyList<string> ids)
    {
        var index = new Dictionary<string, int>(ids.Count, StringComparer.Ordinal);
        for (var i = 0; i < ids.Count; i++) index.TryAdd(ids[i], i);
        return index;
    }
}
