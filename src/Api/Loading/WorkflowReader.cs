using System.Text.Json;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Reads a document of either dialect into the model.</summary>
internal static class WorkflowReader
{
    public static Workflow? Read(SourceValue document, Findings findings)
    {
        if (document.Kind != SourceKind.Map)
        {
            findings.Faults.Add("WRONG_TYPE", "a workflow must be a mapping with a list of 'nodes'", document);
            return null;
        }

        var fields = new Fields(document, findings, "workflow");
        var list = fields.List("nodes", "node");
        if (fields.Note("nodes") is { } form) (form.Items, form.Required) = ((1, InputBounds.Nodes), true);
        if (list is null && !fields.Has("nodes")) fields.Missing("nodes");
        if (list is { Items.Count: 0 }) findings.Faults.Add("EMPTY_WORKFLOW", "the workflow has no nodes: there is nothing to run", list);
        var dialect = DialectOf(list);
        var workflow = Head(fields, dialect);
        workflow = dialect == Dialect.StateGraph ? StateGraph(fields, list, workflow) : DependencyGraph(fields, list, workflow);
        fields.Close();
        return findings.Faults.Count == 0 ? workflow : null;
    }

    /// <summary>A subgraph: a workflow inside a node. Null after a fault.</summary>
    public static Workflow? ReadInner(SourceValue document, Findings findings)
    {
        var inner = findings.Inner();
        var workflow = Read(document, inner);
        findings.Nodes = inner.Nodes;
        return workflow;
    }

    private static Dialect DialectOf(SourceValue? nodes)
    {
        var first = nodes?.Items.FirstOrDefault(n => n.Find("id") is not null || n.Find("name") is not null);
        return first?.Find("id") is not null ? Dialect.DependencyGraph : Dialect.StateGraph;
    }

    private static Workflow Head(Fields fields, Dialect dialect) => new()
    {
        Dialect = dialect,
        Name = Name(fields),
        Description = fields.Text("description"),
        Version = Version(fields),
        TenantId = fields.Text("tenant_id"),
        InitialState = Values(fields, "initial_state"),
        Variables = Values(fields, "variables"),
        Settings = SettingsReader.Read(fields.Inner("settings", "settings")),
        Nodes = [],
    };

    private static Workflow StateGraph(Fields fields, SourceValue? list, Workflow workflow)
    {
        var findings = fields.Findings;
        var defaults = workflow.Settings.Parallel;
        var reader = new NodeReader(findings, defaults);
        var nodes = reader.Read(list, NodePlace.StateGraph);
        var end = reader.Read(fields.List("finally", "node"), NodePlace.Sequence);
        var edges = new EdgeReader(findings, defaults).Read(fields.List("edges", "edge"));
        RefuseImports(fields);
        StateSchema.Check(fields, workflow.InitialState);
        fields.Take("observability");
        return workflow with
        {
            Nodes = [.. nodes.Select(n => n.Node)],
            Finally = [.. end.Select(n => n.Node)],
            Transitions = FlowBuilder.Build(findings, nodes, edges, workflow.Settings.AllowCycles),
        };
    }

    private static Workflow DependencyGraph(Fields fields, SourceValue? list, Workflow workflow)
    {
        var reader = new NodeReader(fields.Findings, workflow.Settings.Parallel);
        var nodes = reader.Read(list, NodePlace.DependencyGraph);
        var end = reader.Read(fields.List("finally", "node"), NodePlace.Sequence);
        fields.Refuse("edges", "belongs to state graphs (nodes with 'name'); a dependency graph has depends_on");
        RefuseImports(fields);
        StateSchema.Check(fields, workflow.InitialState);
        fields.Take("observability");
        return workflow with
        {
            Nodes = [.. nodes.Select(n => n.Node)],
            Finally = [.. end.Select(n => n.Node)],
            Plan = DependencyCheck.Plan(fields.Findings, nodes),
        };
    }

    private static string Name(Fields fields)
    {
        var name = fields.Text("name");
        if (fields.Note("name") is { } form) form.Longest = InputBounds.NameLength;
        if (name is not null && (string.IsNullOrWhiteSpace(name) || name.Length > InputBounds.NameLength || name.Any(char.IsControl)))
            fields.Findings.Faults.Add(
                "INVALID_NAME", $"a workflow's name has 1 to {InputBounds.NameLength} characters, none of them a control character", fields.Source.Find("name")!);
        return name ?? "workflow";
    }

    private static string? Version(Fields fields)
    {
        fields.Allows("version", "string", "number");
        return fields.Take("version") is { } version ? version.Kind == SourceKind.Number ? version.Scalar : fields.Text(version, "version") : null;
    }

    private static IReadOnlyDictionary<string, JsonElement> Values(Fields fields, string name) =>
        fields.Map(name) is { } map
            ? map.Fields.ToDictionary(f => f.Name, f => f.Value.ToJson(), StringComparer.Ordinal)
            : JsonFields.Empty;

    private static void RefuseImports(Fields fields)
    {
        if (fields.Note("imports") is { } form) form.Items = (null, 0);
        if (fields.List("imports") is { Items.Count: > 0 } imports)
            fields.Findings.Faults.Add("IMPORTS_NOT_SUPPORTED", "imports are not supported: put the nodes into this document", imports);
    }
}
