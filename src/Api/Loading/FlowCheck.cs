using Bulkhead.Api.Graphs;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Checks of a state graph whose transitions are known: cycles where they are refused, nodes and rules that nothing reaches.</summary>
internal sealed class FlowCheck(
    IReadOnlyList<NodeDraft> nodes, IReadOnlyDictionary<string, List<Transition>> transitions, Findings findings)
{
    public void RefuseCycles()
    {
        var places = nodes.DistinctBy(n => n.Node.Name).ToDictionary(n => n.Node.Name, n => n.Node, StringComparer.Ordinal);
        foreach (var cycle in CycleFinder.Find([.. places.Keys], Edges()))
        {
            var first = places[cycle.CyclePath[0]];
            findings.Faults.Add(
                new Problem(ProblemClass.StructuralError, cycle.Code, $"{cycle.Message} (settings.allow_cycles is false)", first.Path, first.Line));
        }
    }

    public void Warn()
    {
        foreach (var rules in transitions.Values) WarnDeadRules(rules);
        WarnFallThroughs();
        var reached = Reached();
        foreach (var (node, source) in nodes.Where(n => !reached.Contains(n.Node.Name)))
            findings.Warnings.Add("UNREACHABLE_NODE", $"nothing leads to node '{Quoted.Short(node.Name)}'", source);
    }

    private void WarnDeadRules(List<Transition> rules)
    {
        var always = rules.FindIndex(r => r.When is null);
        if (always < 0 || always == rules.Count - 1) return;
        foreach (var dead in rules.Skip(always + 1))
            findings.Warnings.Add(
                new Problem(ProblemClass.StructuralError, "UNREACHABLE_RULE", $"this rule is never reached: {rules[always].Path} always applies before it", dead.Path));
    }

    // Two outcomes in a row of the list: after the first one the second would run as well.
    private void WarnFallThroughs()
    {
        var chosen = transitions.Values.SelectMany(r => r).Where(r => r.When is not null).Select(r => r.To).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (node, source) in nodes)
        {
            if (transitions[node.Name] is [{ When: null, To: { } next } only] && only.Path == node.Path && chosen.Contains(next))
            {
                findings.Warnings.Add(
                    "FALLS_THROUGH", $"node '{Quoted.Short(node.Name)}' has no rule of its own and goes on to '{Quoted.Short(next)}', which other rules choose; if that is not meant, give it 'goto: __end__'", source);
            }
        }
    }

    private HashSet<string> Reached()
    {
        var successors = Edges().ToLookup(e => e.From, e => e.To, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal) { Workflow.StartName };
        var queue = new Queue<string>(reached);
        while (queue.TryDequeue(out var name))
        {
            foreach (var next in successors[name].Where(reached.Add)) queue.Enqueue(next);
        }

        return reached;
    }

    private IEnumerable<(string From, string To)> Edges()
    {
        foreach (var (from, rules) in transitions)
        {
            foreach (var rule in rules)
            {
                if (rule.To is not null) yield return (from, rule.To);
                if (rule.Parallel is not { } section) continue;
                foreach (var branch in section.Branches) yield return (from, branch);
                yield return (from, section.FanIn);
            }
        }

        foreach (var (node, _) in nodes)
        {
            if (node.Fallback is not null) yield return (node.Name, node.Fallback);
            if (node.Work is FanOutWork { FanIn: { } fanIn }) yield return (node.Name, fanIn);
        }
    }
}
