using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Diagrams;

/// <summary>A workflow as boxes and arrows, before a format is chosen.</summary>
internal sealed class Drawing
{
    private readonly List<Box> _boxes = [];
    private readonly List<Arrow> _arrows = [];
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _frames = new(StringComparer.Ordinal);

    public IReadOnlyList<Box> Boxes => _boxes;

    public IReadOnlyList<Arrow> Arrows => _arrows;

    /// <summary>Frame id to its label: the inside of a loop or fan-out.</summary>
    public IReadOnlyDictionary<string, string> Frames => _frames;

    public static Drawing Of(Workflow workflow)
    {
        var drawing = new Drawing();
        var joins = workflow.Transitions.Values.SelectMany(r => r).Select(r => r.Parallel?.FanIn).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var node in workflow.Nodes) drawing._ids.TryAdd(node.Name, drawing.AddNode(node, null, joins.Contains(node.Name)));
        if (workflow.Dialect == Dialect.DependencyGraph) drawing.AddDependencies(workflow);
        else drawing.AddTransitions(workflow);
        drawing.AddSequence(workflow.Finally, "finally", null);
        return drawing;
    }

    private string AddNode(Node node, string? frame, bool join)
    {
        var id = $"n{_boxes.Count}";
        var kind = node.Work switch
        {
            QueryWork or PromptWork => BoxKind.Query,
            LoopWork => BoxKind.Loop,
            FanOutWork => BoxKind.FanOut,
            _ => join ? BoxKind.Join : BoxKind.Step,
        };
        _boxes.Add(new Box(id, node.Name, kind, frame));
        if (node.Work is LoopWork loop) AddSequence(loop.Body, $"while {loop.Condition}", id);
        if (node.Work is FanOutWork fanOut)
            AddSequence(fanOut.Steps.Count > 0 ? fanOut.Steps : fanOut.Subgraph?.Nodes ?? [], $"for each of {fanOut.Items}", id);
        return id;
    }

    private void AddSequence(IReadOnlyList<Node> nodes, string label, string? owner)
    {
        if (nodes.Count == 0) return;
        var frame = $"f{_frames.Count}";
        _frames.Add(frame, label);
        var before = owner;
        foreach (var node in nodes)
        {
            var id = AddNode(node, frame, join: false);
            if (before is not null) _arrows.Add(new Arrow(before, id, null, before == owner ? ArrowKind.Fork : ArrowKind.Next));
            before = id;
        }
    }

    private void AddDependencies(Workflow workflow)
    {
        foreach (var node in workflow.Nodes)
        {
            foreach (var dependency in node.DependsOn) _arrows.Add(new Arrow(_ids[dependency], _ids[node.Name], null, ArrowKind.Next));
        }
    }

    private void AddTransitions(Workflow workflow)
    {
        foreach (var name in workflow.Nodes.Select(n => n.Name).Prepend(Workflow.StartName))
        {
            foreach (var rule in workflow.Transitions[name]) AddRule(IdOf(name), rule);
        }

        foreach (var node in workflow.Nodes.Where(n => n.Fallback is not null))
            _arrows.Add(new Arrow(_ids[node.Name], IdOf(node.Fallback!), "on error", ArrowKind.Fallback));
    }

    private void AddRule(string from, Transition rule)
    {
        var label = rule.When?.ToString();
        if (rule.To is not null) _arrows.Add(new Arrow(from, IdOf(rule.To), label, ArrowKind.Next));
        foreach (var branch in rule.Parallel?.Branches ?? []) _arrows.Add(new Arrow(from, IdOf(branch), label, ArrowKind.Fork));
    }

    private string IdOf(string name)
    {
        if (_ids.TryGetValue(name, out var id)) return id;
        id = name == Workflow.StartName ? "start" : "finish";
        _boxes.Add(new Box(id, name == Workflow.StartName ? "start" : "end", BoxKind.Terminal, null));
        _ids.Add(name, id);
        return id;
    }
}
