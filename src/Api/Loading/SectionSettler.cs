using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Settles one parallel section: its fan-in, and where the open ends of its branches lead.</summary>
internal sealed class SectionSettler(FlowGraph graph, IReadOnlyList<NodeDraft> nodes, Findings findings, FanInFinder finder)
{
    private readonly Dictionary<int, int> _redirected = [];

    /// <summary>The section, or null after a fault.</summary>
    public ParallelSection? Settle(SectionDraft draft)
    {
        var heads = draft.Branches.Select(b => graph.IndexOf(b.Scalar)!.Value).ToList();
        foreach (var twice in draft.Branches.GroupBy(b => b.Scalar, StringComparer.Ordinal).Where(g => g.Count() > 1))
            findings.Faults.Add("DUPLICATE_BRANCH", $"the branch '{Quoted.Short(twice.Key)}' stands twice in one section", twice.Last());
        var named = draft.FanIn is { Kind: SourceKind.Text } value ? graph.IndexOf(value.Scalar) : null;
        if ((named ?? finder.Find(heads)) is not { } fanIn)
        {
            findings.Faults.Add("FAN_IN_MISSING", "where do the branches join? Name the node with 'fan_in'", draft.At);
            return null;
        }

        if (heads.Contains(fanIn))
        {
            findings.Faults.Add(
                "FAN_IN_IS_BRANCH", $"'{Quoted.Short(graph.Name(fanIn))}' cannot be a branch and the fan-in of one section", draft.FanIn ?? draft.At);
            return null;
        }

        CloseBranches(draft, heads, fanIn);
        return new ParallelSection([.. draft.Branches.Select(b => b.Scalar)], graph.Name(fanIn), draft.Settings);
    }

    private void CloseBranches(SectionDraft draft, List<int> heads, int fanIn)
    {
        var siblings = heads.ToHashSet();
        foreach (var (node, _) in graph.Reach(heads, fanIn, siblings))
        {
            if (node == fanIn || node == graph.End) continue;
            RefuseInterrupt(node);
            if (graph.IsOpenEnd(node, siblings)) Redirect(draft, node, fanIn);
        }
    }

    private void RefuseInterrupt(int node)
    {
        if (nodes[node].Node is not { Interrupt: not Interrupt.None } interrupted) return;
        var at = nodes[node].Source.Find("interrupt")!;
        findings.Faults.Add(
            "INTERRUPT_IN_PARALLEL", $"node '{Quoted.Short(interrupted.Name)}': an interrupt inside a parallel section is not supported", at);
    }

    private void Redirect(SectionDraft draft, int node, int fanIn)
    {
        if (_redirected.TryAdd(node, fanIn)) graph.Redirect(node, fanIn);
        else if (_redirected[node] != fanIn)
        {
            findings.Faults.Add(
                "FAN_IN_AMBIGUOUS", $"node '{Quoted.Short(graph.Name(node))}' ends branches of two sections with different fan-ins; give it an edge", draft.At);
        }
    }
}
