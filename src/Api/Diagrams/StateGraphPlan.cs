using System.Text.Json;
using System.Text.Json.Serialization;
using Bulkhead.Api.Graphs;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Diagrams;

/// <summary>The plan of a state graph in numbers and names: nodes in the order in which they are first reached, and the parallel sections.</summary>
public sealed record StateGraphPlan(
    [property: JsonPropertyName("logical_order")] IReadOnlyList<string> LogicalOrder,
    [property: JsonPropertyName("parallel_sections")] IReadOnlyList<SectionPlan> ParallelSections)
{
    public static StateGraphPlan Of(Workflow workflow)
    {
        var order = new List<string>();
        var sections = new List<SectionPlan>();
        var reached = new HashSet<string>(StringComparer.Ordinal) { Workflow.StartName, Workflow.EndName };
        var queue = new Queue<string>([Workflow.StartName]);

        // A fan-in comes after everything inside its branches, an inner one before an outer one.
        var joins = new Stack<string>();
        while (queue.TryDequeue(out var name) || joins.TryPop(out name))
        {
            if (name != Workflow.StartName) order.Add(name);
            foreach (var rule in workflow.Transitions[name])
            {
                if (rule.Parallel is { } section)
                {
                    sections.Add(new SectionPlan(name, section.Branches, section.FanIn));
                    if (reached.Add(section.FanIn)) joins.Push(section.FanIn);
                }

                foreach (var next in Targets(rule).Where(reached.Add)) queue.Enqueue(next);
            }
        }

        return new StateGraphPlan(order, sections);
    }

    public string ToJson() => JsonSerializer.Serialize(this, GraphJson.Readable.StateGraphPlan);

    private static IEnumerable<string> Targets(Transition rule) => rule.Parallel?.Branches ?? [rule.To!];
}

/// <summary>One parallel section.</summary>
public sealed record SectionPlan(
    [property: JsonPropertyName("from")] string From,
    [property: JsonPropertyName("branches")] IReadOnlyList<string> Branches,
    [property: JsonPropertyName("fan_in")] string FanIn);
