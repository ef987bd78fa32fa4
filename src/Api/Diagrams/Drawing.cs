using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Diagrams;

/// <summary>A workflow as boxes and arrows, before a format is chosen.</summary>
internal sealed class Drawing
{
    private readonly List<Box> _boxes = [];
    private readonly List<Arrow> _arrows = [];
    private readonly List<Frame> _frames = [];

    public IReadOnlyList<Box> Boxes => _boxes;

    public IReadOnlyList<Arrow> Arrows => _arrows;

    public IReadOnlyList<Frame> Frames => _frames;

    public static Drawing Of(Workflow workflow)
    {
        var drawing = new Drawing();
        drawing.AddGraph(workflow, frame: null, owner: null);
        if (workflow.Finally.Count > 0) drawing.AddSequence(workflow.Finally, drawing.AddFrame("finally", null), owner: null);
        return drawing;
    }

    /// <summary>What a frame is written with: its own boxes and the frames inside it.</summary>
    public (IEnumerable<Box> Boxes, IEnumerable<Frame> Frames) Inside(string? frame) =>
        (_boxes.Where(b => b.Frame == frame), _frames.Where(f => f.Parent == frame));

    /// <summary>A graph of its own names. That of a fan-out begins at the fan-out and has no end of its own.</summary>
    private void AddGraph(Workflow workflow, string? frame, string? owner)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        if (owner is not null) ids.Add(Workflow.StartName, owner);
        var joins = workflow.Transitions.Values.SelectMany(r => r).Select(r => r.Parallel?.FanIn).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var node in workflow.Nodes) ids.TryAdd(node.Name, AddNode(node, frame, joins.Contains(node.Name)));
        foreach (var node in workflow.Nodes)
        {
            foreach (var dependency in node.DependsOn) _arrows.Add(new Arrow(ids[dependency], ids[node.Name], null, ArrowKind.Next));
        }

        if (workflow.Dialect == Dialect.StateGraph) AddTransitions(workflow, name => ids.GetValueOrDefault(name) ?? Terminal(name, ids, owner));
    }

    private string? Terminal(string name, Dictionary<string, string> ids, string? owner)
    {
        if (owner is not null) return null;
        var id = name == Workflow.StartName ? "start" : "finish";
        _boxes.Add(new Box(id, name == Workflow.StartName ? "start" : "end", BoxKind.Terminal, null));
        ids.Add(name, id);
        return id;
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
        _boxes.Add(new Box(id, LabelOf(node), kind, frame, node.Name));
        if (node.Work is LoopWork loop)
        {
            var last = AddSequence(loop.Body, AddFrame($"while {loop.Condition}", frame), id);
            _arrows.Add(new Arrow(last, id, "again", ArrowKind.Next));
        }
        else if (node.Work is FanOutWork fanOut)
        {
            var inside = AddFrame($"for each of {fanOut.Items}", frame);
            if (fanOut.Subgraph is { } subgraph) AddGraph(subgraph, inside, id);
            else AddSequence(fanOut.Steps, inside, id);
        }

        return id;
    }

    /// <summary>Scripts and frames speak for themselves; of other nodes the type or action is told.</summary>
    private static string LabelOf(Node node) =>
        node.Work is LuaWork or ExpressionWork or LoopWork or FanOutWork ? node.Name : $"{node.Name} ({node.Type})";

    private string AddFrame(string label, string? parent)
    {
        var frame = new Frame($"f{_frames.Count}", label, parent);
        _frames.Add(frame);
        return frame.Id;
    }

    /// <returns>The last box.</returns>
    private string AddSequence(IReadOnlyList<Node> nodes, string frame, string? owner)
    {
        var before = owner;
        foreach (var node in nodes)
        {
            var id = AddNode(node, frame, join: false);
            if (before is not null) _arrows.Add(new Arrow(before, id, null, before == owner ? ArrowKind.Fork : ArrowKind.Next));
            before = id;
        }

        return before!;
    }

    private void AddTransitions(Workflow workflow, Func<string, string?> idOf)
    {
        foreach (var name in workflow.Nodes.Select(n => n.Name).Prepend(Workflow.StartName))
        {
            var rules = workflow.Transitions[name];
            var otherwise = rules.Any(r => r.When is not null) ? "else" : null;
            foreach (var rule in rules) AddRule(idOf(name)!, rule, rule.When?.ToString() ?? otherwise, idOf);
        }

        foreach (var node in workflow.Nodes.Where(n => n.Fallback is not null)) Add(idOf(node.Name)!, idOf(node.Fallback!), "on error", ArrowKind.Fallback);
    }

    private void AddRule(string from, Transition rule, string? label, Func<string, string?> idOf)
    {
        if (rule.To is not null) Add(from, idOf(rule.To), label, ArrowKind.Next);
        foreach (var branch in rule.Parallel?.Branches ?? []) Add(from, idOf(branch), label, ArrowKind.Fork);
    }

    private void Add(string from, string? to, string? label, ArrowKind kind)
    {
        if (to is not null) _arrows.Add(new Arrow(from, to, label, kind));
    }
}
