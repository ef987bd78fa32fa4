namespace Bulkhead.Api.Loading;

/// <summary>Finds the fan-in of a parallel section that names none: a node marked <c>fan_in: true</c>, else the first common successor.</summary>
internal sealed class FanInFinder(FlowGraph graph, IReadOnlySet<int> marked)
{
    /// <summary>The fan-in, or null when the branches leave it open.</summary>
    public int? Find(IReadOnlyList<int> heads)
    {
        var siblings = heads.ToHashSet();
        var reached = heads.Select(h => graph.Reach([h], null, siblings)).ToList();
        if (graph.IsExhausted) return null;
        return Marked(reached, siblings) ?? Common(heads, reached, siblings);
    }

    private int? Marked(List<Dictionary<int, int>> reached, HashSet<int> siblings)
    {
        var candidates = marked.Where(m => !siblings.Contains(m)).ToList();
        var near = candidates.Where(m => reached.Exists(r => r.ContainsKey(m))).OrderBy(m => Farthest(m, reached)).ThenBy(m => m).ToList();
        if (near.Count > 0) return near[0];
        var allOpen = reached.TrueForAll(r => r.Keys.Any(n => graph.IsOpenEnd(n, siblings)));
        return allOpen && candidates.Count == 1 ? candidates[0] : null;
    }

    private int? Common(IReadOnlyList<int> heads, List<Dictionary<int, int>> reached, HashSet<int> siblings)
    {
        var closed = new List<Dictionary<int, int>>();
        for (var i = 0; i < heads.Count; i++)
        {
            var intoSibling = reached[i].Keys.Any(n => n != graph.End && graph.FallsThrough(n) && siblings.Contains(graph.Successors(n)[0]));
            if (!intoSibling) closed.Add(reached[i]);
            else if (reached[i].Count > 1) return null;
        }

        if (closed.Count == 0) return graph.End;
        var common = closed[0].Keys.Where(n => !siblings.Contains(n) && closed.TrueForAll(r => r.ContainsKey(n))).ToList();
        return common.Count == 0 ? graph.End : common.OrderBy(n => Farthest(n, closed)).ThenBy(n => n).First();
    }

    private static int Farthest(int node, List<Dictionary<int, int>> reached) => reached.Max(r => r.TryGetValue(node, out var distance) ? distance : 0);
}
