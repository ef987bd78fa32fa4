namespace Bulkhead.Api.Loading;

/// <summary>
/// A state graph while its transitions are settled: for each node, by its index, what may follow. A node without a rule of its own falls
/// through to the next one of the list; in a branch such a step must not run into a sibling's first node.
/// </summary>
internal sealed class FlowGraph(IReadOnlyList<string> names)
{
    private const long MostSteps = 5_000_000;
    private readonly Dictionary<string, int> _index = names.Index().DistinctBy(n => n.Item).ToDictionary(
        n => n.Item, n => n.Index, StringComparer.Ordinal);
    private readonly List<int>[] _successors = [.. Enumerable.Range(0, names.Count + 1).Select(_ => new List<int>(1))];
    private readonly bool[] _fallsThrough = new bool[names.Count + 1];
    private readonly int[] _visited = new int[names.Count + 1];
    private int _search;
    private long _steps;

    /// <summary>The index that stands for <c>__end__</c>.</summary>
    public int End => names.Count;

    /// <summary>Whether the graph is so entangled that looking for fan-ins was given up.</summary>
    public bool IsExhausted => _steps > MostSteps;

    public string Name(int index) => index == End ? Workflows.Workflow.EndName : names[index];

    public int? IndexOf(string name) => name == Workflows.Workflow.EndName ? End : _index.TryGetValue(name, out var index) ? index : null;

    public IReadOnlyList<int> Successors(int node) => _successors[node];

    public void Add(int from, int to) => _successors[from].Add(to);

    public void FallThrough(int node, int to)
    {
        _fallsThrough[node] = true;
        _successors[node].Add(to);
    }

    public bool FallsThrough(int node) => node != End && _fallsThrough[node];

    public void Redirect(int node, int to)
    {
        _successors[node].Clear();
        _successors[node].Add(to);
    }

    /// <summary>Whether the node falls through to a node that begins a sibling branch, or to the end.</summary>
    public bool IsOpenEnd(int node, IReadOnlySet<int> heads) =>
        FallsThrough(node) && (heads.Contains(_successors[node][0]) || _successors[node][0] == End);

    /// <summary>Nodes that can be reached from <paramref name="starts"/>, nearest first, not beyond <paramref name="stop"/> and not over open ends.</summary>
    public List<(int Node, int Distance)> Reach(IReadOnlyList<int> starts, int? stop, IReadOnlySet<int> heads)
    {
        _search++;
        var reached = new List<(int Node, int Distance)>();
        foreach (var start in starts) Visit(start, 0, reached);
        for (var i = 0; i < reached.Count && !IsExhausted; i++)
        {
            var (node, distance) = reached[i];
            if (node == stop || node == End || IsOpenEnd(node, heads)) continue;
            foreach (var next in _successors[node]) Visit(next, distance + 1, reached);
        }

        return reached;
    }

    private void Visit(int node, int distance, List<(int Node, int Distance)> reached)
    {
        _steps++;
        if (_visited[node] == _search) return;
        _visited[node] = _search;
        reached.Add((node, distance));
    }
}
