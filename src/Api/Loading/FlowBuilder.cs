using Bulkhead.Api.Graphs;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Turns goto rules, edges and the order of the list into the transitions of a state graph, and checks every name in them.</summary>
internal sealed class FlowBuilder
{
    private readonly Findings _findings;
    private readonly IReadOnlyList<NodeDraft> _nodes;
    private readonly FlowGraph _graph;
    private readonly Dictionary<string, List<Transition>> _transitions = new(StringComparer.Ordinal);
    private readonly List<(string From, int At, SectionDraft Section)> _sections = [];
    private readonly NameCheck _names;

    private FlowBuilder(Findings findings, IReadOnlyList<NodeDraft> nodes)
    {
        _findings = findings;
        _nodes = nodes;
        _graph = new FlowGraph([.. nodes.Select(n => n.Node.Name)]);
        _names = new NameCheck(findings, [.. nodes.Select(n => n.Node.Name)]);
    }

    public static IReadOnlyDictionary<string, IReadOnlyList<Transition>> Build(
        Findings findings, IReadOnlyList<NodeDraft> nodes, IReadOnlyList<EdgeDraft> edges, bool allowCycles)
    {
        if (nodes.Count == 0) return new Dictionary<string, IReadOnlyList<Transition>>(StringComparer.Ordinal);
        var builder = new FlowBuilder(findings, nodes);
        builder.AddGotos();
        builder.AddEdges(edges);
        builder.AddFallThroughs();
        builder.SettleSections();
        builder.Check(allowCycles);
        return builder._transitions.ToDictionary(t => t.Key, t => (IReadOnlyList<Transition>)t.Value, StringComparer.Ordinal);
    }

    private void AddGotos()
    {
        foreach (var (node, source) in _nodes)
        {
            _names.Require(node.Fallback, "fallback", source.Find("fallback") ?? source.Find("on_error")?.Find("fallback") ?? source);
            if (node.Work is FanOutWork work) _names.Require(work.FanIn, "fan_in", source.Find("fan_in") ?? source);
        }

        foreach (var draft in _nodes)
        {
            foreach (var rule in draft.Goto)
            {
                if (_names.Require(rule.To, "goto", rule.At.Find("to") ?? rule.At, allowEnd: true))
                    Add(draft.Node.Name, new Transition { When = rule.When, To = rule.To, Path = rule.At.Path.ToString() });
            }
        }
    }

    private void AddEdges(IReadOnlyList<EdgeDraft> edges)
    {
        var joined = new Dictionary<(string From, Condition? When), SectionDraft>();
        foreach (var edge in edges)
        {
            var path = edge.At.Path.ToString();
            var known = _names.Require(edge.From, "from", edge.At.Find("from") ?? edge.At, allowStart: true);
            foreach (var to in edge.To) known &= _names.Require(to.Scalar, "to", to, allowEnd: !edge.Parallel);
            if (edge.FanIn is { Kind: SourceKind.Text } fanIn) known &= _names.Require(fanIn.Scalar, "fan_in", fanIn, allowEnd: true);
            if (!known) continue;
            if (!edge.Parallel) Add(edge.From, new Transition { When = edge.When, To = edge.To[0].Scalar, Path = path });
            else AddSection(edge, joined);
        }
    }

    private void AddSection(EdgeDraft edge, Dictionary<(string From, Condition? When), SectionDraft> joined)
    {
        if (edge.Joins && joined.TryGetValue((edge.From, edge.When), out var open))
        {
            open.Join(edge, _findings);
            return;
        }

        var section = new SectionDraft(edge);
        if (edge.Joins) joined.Add((edge.From, edge.When), section);
        var rules = RulesOf(edge.From);
        _sections.Add((edge.From, rules.Count, section));
        rules.Add(new Transition { When = edge.When, Path = edge.At.Path.ToString() });
    }

    private void Add(string from, Transition rule) => RulesOf(from).Add(rule);

    private List<Transition> RulesOf(string from)
    {
        if (_transitions.TryGetValue(from, out var rules)) return rules;
        rules = new List<Transition>(1);
        _transitions.Add(from, rules);
        return rules;
    }

    private void AddFallThroughs()
    {
        for (var i = 0; i < _nodes.Count; i++)
        {
            var node = _nodes[i].Node;
            if (_transitions.TryGetValue(node.Name, out var rules))
            {
                foreach (var to in rules.Select(r => r.To).OfType<string>()) _graph.Add(i, _graph.IndexOf(to)!.Value);
            }
            else if (node.Work is FanOutWork { FanIn: { } fanIn } && _graph.IndexOf(fanIn) is { } join)
            {
                _graph.Add(i, join);
            }
            else
            {
                _graph.FallThrough(i, i + 1);
            }
        }

        foreach (var (from, _, section) in _sections)
        {
            if (_graph.IndexOf(from) is not { } fork) continue;
            foreach (var head in section.Branches) _graph.Add(fork, _graph.IndexOf(head.Scalar)!.Value);
            if (section.FanIn is { Kind: SourceKind.Text } fanIn) _graph.Add(fork, _graph.IndexOf(fanIn.Scalar)!.Value);
        }

        if (!_transitions.ContainsKey(Workflow.StartName))
            Add(Workflow.StartName, new Transition { To = _nodes[0].Node.Name, Path = _nodes[0].Node.Path });
    }

    private void SettleSections()
    {
        var marked = _nodes.Index().Where(n => n.Item.Node.FanIn).Select(n => n.Index).ToHashSet();
        var settler = new SectionSettler(_graph, _nodes, _findings, new FanInFinder(_graph, marked));
        foreach (var (from, at, section) in _sections)
        {
            var rules = _transitions[from];
            if (settler.Settle(section) is not { } settled) continue;
            rules[at] = rules[at] with { Parallel = settled };
            if (_graph.IndexOf(from) is { } fork && section.FanIn is null) _graph.Add(fork, _graph.IndexOf(settled.FanIn)!.Value);
        }

        if (_graph.IsExhausted)
            _findings.Faults.Add(
                "TOO_ENTANGLED", "the parallel sections overlap so much that their branches cannot be told apart", _sections[0].Section.At);
        for (var i = 0; i < _nodes.Count; i++)
        {
            var node = _nodes[i].Node;
            if (!_transitions.ContainsKey(node.Name))
                Add(node.Name, new Transition { To = _graph.Name(_graph.Successors(i)[0]), Path = node.Path });
        }
    }

    private void Check(bool allowCycles)
    {
        var check = new FlowCheck(_nodes, _transitions, _findings);
        if (!allowCycles) check.RefuseCycles();
        if (_findings.Faults.Count == 0) check.Warn();
    }
}
