using Bulkhead.Api.Templates;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Reads <c>while_loop</c> and <c>dynamic_parallel</c>.</summary>
internal static class LoopReader
{
    public const int MostIterations = 1000;

    public static NodeWork While(Fields fields, NodeReader reader, NodePlace place, string name)
    {
        if (place == NodePlace.LoopBody)
            fields.Findings.Faults.Add(
                "NESTED_LOOP", $"node '{Quoted.Short(name)}': a while_loop inside the body of another is not supported", fields.Source);
        var condition = Required(fields, "condition", name, ExpressionUse.Condition);
        if (!fields.Has("max_iterations"))
            fields.Findings.Faults.Add(
                "MISSING_FIELD", $"node '{Quoted.Short(name)}': 'max_iterations' is required (1 to {MostIterations})", fields.Source);
        var most = fields.Whole("max_iterations", 1, MostIterations) ?? 1;
        var body = fields.List("body", "node");
        if (fields.Note("body") is { } form) form.Items = (1, null);
        if (body is not { Items.Count: > 0 })
            fields.Findings.Faults.Add(
                "MISSING_FIELD", $"node '{Quoted.Short(name)}': 'body' must be a list of at least one node", fields.Source);
        return new LoopWork(condition ?? "false", most, Sequence(reader, body, NodePlace.LoopBody));
    }

    public static NodeWork FanOut(Fields fields, NodeReader reader, string name)
    {
        var (steps, subgraph) = Branch(fields, reader, name);
        return new FanOutWork
        {
            Items = Required(fields, "items", name, ExpressionUse.Match) ?? "nil",
            ItemVariable = Variable(fields, "item_var") ?? "item",
            IndexVariable = Variable(fields, "index_var") ?? "index",
            MaxConcurrency = fields.Whole("max_concurrency", 1, 10_000),
            Settings = ParallelSettingsReader.Read(fields, reader.ParallelDefaults),
            Steps = steps,
            Subgraph = subgraph,
            FanIn = fields.Text("fan_in"),
        };
    }

    private static (IReadOnlyList<Node> Steps, Workflow? Subgraph) Branch(Fields fields, NodeReader reader, string name)
    {
        var (steps, subgraph, action) = (fields.List("steps", "node"), fields.Map("subgraph", "workflow"), fields.Take("action"));
        var given = new[] { steps, subgraph, action }.Count(v => v is not null);
        if (given != 1)
            fields.Findings.Faults.Add(
                "MISSING_FIELD", $"node '{Quoted.Short(name)}': dynamic_parallel needs exactly one of 'action', 'steps' and 'subgraph', not {given}", fields.Source);
        if (steps is { Items.Count: 0 }) fields.Findings.Faults.Add("INVALID_VALUE", "'steps' is an empty list", steps);
        if (subgraph is not null) return ([], Subgraph(subgraph, reader.Findings));
        if (action is not null) return ([ActionNode(fields, action, name)], null);
        return (Sequence(reader, steps, NodePlace.Sequence), null);
    }

    private static Workflow? Subgraph(SourceValue source, Findings findings)
    {
        var subgraph = WorkflowReader.ReadInner(source, findings);
        foreach (var node in subgraph?.Nodes.Where(n => n.Interrupt != Interrupt.None) ?? [])
            findings.Faults.Add("INTERRUPT_IN_PARALLEL", $"node '{Quoted.Short(node.Name)}': an interrupt inside a parallel section is not supported", source);
        return subgraph;
    }

    // action: http.get beside with:, or action: {uses: http.get, with: {...}, output: page}.
    private static Node ActionNode(Fields fields, SourceValue action, string name)
    {
        var inner = action.Kind == SourceKind.Map ? fields.Open(action, "action", "action") : fields;
        var work = WorkReader.Action(inner, fields.Findings);
        var output = inner == fields ? null : inner.Text("output");
        if (inner != fields) inner.Close();
        return new Node
        {
            Name = $"{name}.action",
            Type = work?.Uses ?? "action",
            Work = work ?? (NodeWork)new LuaWork(string.Empty),
            Output = output,
            Path = action.Path.ToString(),
            Line = action.Line,
        };
    }

    private static List<Node> Sequence(NodeReader reader, SourceValue? list, NodePlace place) =>
        [.. reader.Read(list, place).Select(d => d.Node)];

    private static string? Required(Fields fields, string field, string name, ExpressionUse use)
    {
        var value = fields.Take(field);
        if (value is null)
            fields.Findings.Faults.Add("MISSING_FIELD", $"node '{Quoted.Short(name)}': '{field}' is required", fields.Source);
        return ExpressionCheck.Expression(value, field, use, fields);
    }

    private static string? Variable(Fields fields, string field)
    {
        var value = fields.Text(field);
        if (value is null || (value.Length is > 0 and <= 100 && value.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(value[0])))
            return value;
        fields.Findings.Faults.Add("INVALID_NAME", $"'{field}' must be a name of letters, digits and _", fields.Source.Find(field)!);
        return null;
    }
}
