using System.Text.Json;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Diagrams;

/// <summary>A workflow as text for people and tools (<c>bulkhead graph</c>).</summary>
public static class WorkflowDiagram
{
    /// <summary>A Mermaid flowchart; names of hostile documents cannot break out of their labels.</summary>
    public static string Mermaid(Workflow workflow) => Diagrams.Mermaid.Write(Drawing.Of(workflow));

    /// <summary>Graphviz DOT.</summary>
    public static string Dot(Workflow workflow) => Diagrams.Dot.Write(workflow.Name, Drawing.Of(workflow));

    /// <summary>
    /// Boxes and arrows for whoever draws them: <c>{boxes: [{id, label, kind, frame?, name?}], arrows: [{from, to, label?, kind}], frames: {id: label}}</c>.
    /// Labels are the author's text; ids are ours.
    /// </summary>
    public static string DrawingJson(Workflow workflow)
    {
        var drawing = Drawing.Of(workflow);
        return JsonSerializer.Serialize(new DrawingDocument(drawing.Boxes, drawing.Arrows, drawing.Frames.ToDictionary(f => f.Id, f => f.Label, StringComparer.Ordinal)), DrawingJsonContext.Default.DrawingDocument);
    }

    /// <summary>The plan as JSON: NORP-005's for a dependency graph, order and parallel sections for a state graph.</summary>
    public static string PlanJson(Workflow workflow) => workflow.Plan?.ToJson() ?? StateGraphPlan.Of(workflow).ToJson();
}
