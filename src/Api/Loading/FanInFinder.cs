namespace Bulkhead.Api.Loading;

/// <summary>Finds the fan-in of a parallel section that names none: a node marked <c>fan_in: true</c>, else the first common successor.</summary>
internal sealed class FanInFinder(FlowGraph graph, IReadOnlySet<int> marked)
{
    private const int MostHeld = 2_000_000;

    /// <summary>The fan-in, or null when the branches leave it open (or are too entangled to tell).</summary>
    public int? Find(IReadOnlyList<int> heads)
    {
        var siblings = heads.ToHashSet();
        var branches = new List<List<(int Node, int Distance)>>(heads.Count);
        var held = 0;
        foreach (var head in heads)
        {
            var reached = graph.Reach([head], null, siblings);
            held += reached.Count;
            if (graph.IsExhausted || held > MostHeld) return null;
            branches.Add(reached);
        }

        return Marked(branches, siblings) ?? Common(branches, siblings);
    }

    private int? Marked(List<List<(int Node, int Distance)>> branches, HashSet<int> siblings)
    {
        var near = Tally(branches).Where(t => marked.Contains(t.Key) && !siblings.Contains(t.Key)).OrderBy(t => t.Value.Farthest).ThenBy(t => t.Key).ToList();
        if (near.Count > 0) return near[0].Key;
        var allOpen = branches.TrueForAll(b => b.Exists(r => graph.IsOpenEnd(r.Node, siblings)));
        var candidates = allOpen ? marked.Where(m => !siblings.Contains(m)).Take(2).ToList() : [];
        return candidates is [var only] ? only : null;
    }

    private int? Common(List<List<(int Node, int Distance)>> branches, HashSet<int> siblings)
    {
        var closed = new List<List<(int Node, int Distance)>>();
        foreach (var branch in branches)
        {
            if (!branch.Exists(r => RunsIntoSibling(r.Node, siblings))) closed.Add(branch);
            else if (branch.Count > 1) return null;
        }

        if (closed.Count == 0) return graph.End;
        var common = Tally(closed).Where(t => t.Value.Count == closed.Count && !siblings.Contains(t.Key)).ToList();
        return common.Count == 0 ? graph.End : common.OrderBy(t => t.Value.Farthest).ThenBy(t => t.Key).First().Key;
    }

    private bool RunsIntoSibling(int node, HashSet<int> siblings) =>
        graph.FallsThrough(node) && siblings.Contains(graph.Successors(node)[0]);

    // For each node, how many branches reach it and how far away it is from the farthest.
    private static Dictionary<int, (int Count, int Farthest)> Tally(List<List<(int Node, int Distance)>> branches)
    {
        var tally = new Dictionary<int, (int Count, int Farthest)>();
        foreach (var (node, distance) in branches.SelectMany(b => b))
        {
            var (count, farthest) = tally.GetValueOrDefault(node);
            tally[node] = (count + 1, Math.Max(farthest, distance));
        }

        return tally;
    }
}
