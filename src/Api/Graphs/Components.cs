namespace Bulkhead.Api.Graphs;

/// <summary>Strongly connected components (Tarjan 1972), with a stack of its own: 10,000 nodes in a row must not exhaust the thread's.</summary>
internal sealed class Components
{
    private readonly Adjacency _graph;
    private readonly int[] _order;
    private readonly int[] _low;
    private readonly bool[] _open;
    private readonly Stack<int> _members = new();
    private readonly Stack<(int Node, int Next)> _visits = new();
    private readonly List<IReadOnlyList<int>> _found = [];
    private int _counter;

    private Components(Adjacency graph)
    {
        _graph = graph;
        _order = new int[graph.Count];
        _low = new int[graph.Count];
        _open = new bool[graph.Count];
    }

    /// <summary>The components, each as node indexes.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(Adjacency graph)
    {
        var search = new Components(graph);
        for (var node = 0; node < graph.Count; node++)
        {
            if (search._order[node] == 0) search.Visit(node);
        }

        return search._found;
    }

    private void Visit(int root)
    {
        Enter(root);
        while (_visits.TryPop(out var visit))
        {
            var (node, next) = visit;
            var successors = _graph.Successors[node];
            if (next > 0) _low[node] = Math.Min(_low[node], _open[successors[next - 1]] ? _low[successors[next - 1]] : int.MaxValue);
            var entered = false;
            for (; next < successors.Count && !entered; next++)
            {
                var to = successors[next];
                if (_order[to] == 0)
                {
                    _visits.Push((node, next + 1));
                    Enter(to);
                    entered = true;
                }
                else if (_open[to])
                {
                    _low[node] = Math.Min(_low[node], _order[to]);
                }
            }

            if (!entered && _low[node] == _order[node]) Close(node);
        }
    }

    private void Enter(int node)
    {
        _order[node] = _low[node] = ++_counter;
        _open[node] = true;
        _members.Push(node);
        _visits.Push((node, 0));
    }

    private void Close(int root)
    {
        var component = new List<int>();
        int member;
        do
        {
            member = _members.Pop();
            _open[member] = false;
            component.Add(member);
        }
        while (member != root);
        _found.Add(component);
    }
}
