using Bulkhead.Api.Graphs;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Checks and orders a dependency graph (NORP-004, NORP-005).</summary>
internal static class DependencyCheck
{
    /// <summary>The plan, or null after a fault.</summary>
    public static ExecutionPlan? Plan(Findings findings, IReadOnlyList<NodeDraft> nodes)
    {
        var names = new NameCheck(findings, [.. nodes.Select(n => n.Node.Name)]);
        foreach (var (node, source) in nodes)
        {
            foreach (var (index, dependency) in node.DependsOn.Index())
            {
                var at = source.Find("depends_on")?.Items is { } items && index < items.Count ? items[index] : source;
                names.Require(dependency, "depends_on", at);
            }
        }

        foreach (var (id, at) in findings.NodeReads) names.Require(id, "nodes", at);

        // A name that stands twice makes cycles of its namesakes' edges; the duplicate is reported already.
        var distinct = nodes.DistinctBy(n => n.Node.Name).ToList();
        var graph = distinct.ConvertAll(n => new GraphNode(n.Node.Name, n.Node.DependsOn, n.Node.Priority));
        if (GraphOrder.Plan(graph) is { } plan) return findings.Faults.Count == 0 ? plan : null;
        var places = distinct.ToDictionary(n => n.Node.Name, n => n.Node, StringComparer.Ordinal);
        foreach (var cycle in CycleFinder.Find(graph))
        {
            var first = places[cycle.CyclePath[0]];
            findings.Faults.Add(new Problem(ProblemClass.StructuralError, cycle.Code, cycle.Message, first.Path, first.Line));
        }

        return null;
    }
}
