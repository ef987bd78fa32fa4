using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Diagrams;

/// <summary>A workflow as text for people and tools (<c>bulkhead graph</c>).</summary>
public static class WorkflowDiagram
{
    /// <summary>A Mermaid flowchart; names of hostile documents cannot break out of their labels.</summary>
    public static string Mermaid(Workflow workflow) => Diagrams.Mermaid.Write(Drawing.Of(workflow));

    /// <summary>Graphviz DOT.</summary>
    public static string Dot(Workflow workflow) => Diagrams.Dot.Write(workflow.Name, Drawing.Of(workflow));

    /// <summary>The plan as JSON: NORP-005's for a dependency graph, order and parallel sections for a state graph.</summary>
    public static string PlanJson(Workflow workflow) => workflow.Plan?.ToJson() ?? StateGraphPlan.Of(workflow).ToJson();
}
