using System.Collections.Frozen;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Reads the nodes of a list: the fields that every kind has, then the kind's own (<see cref="WorkReader"/>).</summary>
internal sealed class NodeReader(Findings findings, ParallelSettings parallelDefaults)
{
    private static readonly FrozenDictionary<string, OnError> Modes = new Dictionary<string, OnError>(StringComparer.Ordinal)
    {
        ["raise"] = OnError.Raise,
        ["graceful"] = OnError.Graceful,
        ["retry"] = OnError.Retry,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Interrupt> Interrupts = new Dictionary<string, Interrupt>(StringComparer.Ordinal)
    {
        ["before"] = Interrupt.Before,
        ["after"] = Interrupt.After,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public Findings Findings => findings;

    public ParallelSettings ParallelDefaults => parallelDefaults;

    public IReadOnlyList<NodeDraft> Read(SourceValue? list, NodePlace place)
    {
        if (list is null) return [];
        findings.Nodes += list.Items.Count;
        if (findings.Nodes > InputBounds.Nodes)
        {
            findings.Faults.Add(
                "TOO_MANY_NODES", $"the workflow has {findings.Nodes:n0} nodes; at most {InputBounds.Nodes:n0} are allowed", list);
            return [];
        }

        var drafts = new List<NodeDraft>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item.Kind == SourceKind.Map) drafts.Add(One(item, place));
            else findings.Faults.Add("WRONG_TYPE", "a node must be a mapping", item);
        }

        return drafts;
    }

    private NodeDraft One(SourceValue source, NodePlace place)
    {
        var fields = new Fields(source, findings, "node") { Shared = true };
        if (Mixed(fields, place)) return Unreadable(source);
        var name = Name(fields, place);
        var (type, work) = new WorkReader(this, place, name).Read(fields);
        var gotos = place == NodePlace.StateGraph ? GotoReader.Read(fields) : [];
        var node = Common(fields, place, name, type, work);
        Refusals(fields, place);
        fields.Take("description");
        fields.Close();
        return new NodeDraft(node, source) { Goto = gotos };
    }

    private static string KeyOf(NodePlace place) => place == NodePlace.DependencyGraph ? "id" : "name";

    // One fault is enough for a node of the other dialect: none of its fields would fit.
    private bool Mixed(Fields fields, NodePlace place)
    {
        var (key, other) = place == NodePlace.DependencyGraph ? ("id", "name") : ("name", "id");
        if (fields.Source.Find(other) is not { IsNull: false } wrong) return false;
        var reason = fields.Has(key)
            ? "a node has 'name' (state graph) or 'id' (dependency graph), not both"
            : $"this node has '{other}' and others have '{key}': a document is a state graph ('name') or a dependency graph ('id')";
        findings.Faults.Add("MIXED_DIALECTS", reason, wrong);
        return true;
    }

    private NodeDraft Unreadable(SourceValue source)
    {
        if ((source.Find("name") ?? source.Find("id")) is { Kind: SourceKind.Text } name) findings.Claim(name.Scalar, name);
        var text = (source.Find("name") ?? source.Find("id"))?.Scalar ?? string.Empty;
        return new NodeDraft(
            new Node { Name = text, Type = "unknown", Work = new LuaWork(string.Empty), Path = source.Path.ToString(), Line = source.Line }, source);
    }

    private Node Common(Fields fields, NodePlace place, string name, string type, NodeWork work)
    {
        var dependency = place == NodePlace.DependencyGraph;
        var retry = RetryReader.Read(fields.Inner("retry", "retry"));
        var (mode, errorFallback) = ErrorMode(fields, place, retry);
        return new Node
        {
            Name = name,
            Type = type,
            Work = work,
            Output = dependency ? null : Output(fields),
            DependsOn = dependency ? [.. fields.Texts(Ids(fields), "depends_on").Select(d => d.Scalar)] : [],
            Priority = dependency ? fields.Whole("priority", int.MinValue, int.MaxValue) ?? 0 : 0,
            Retry = retry,
            OnError = mode,
            Fallback = (place == NodePlace.StateGraph ? fields.Text("fallback") : null) ?? errorFallback,
            Timeout = work is FanOutWork ? null : fields.Duration("timeout"),
            Interrupt = place == NodePlace.StateGraph ? fields.OneOf("interrupt", Interrupts) ?? Interrupt.None : Interrupt.None,
            FanIn = work is not FanOutWork && place == NodePlace.StateGraph && (fields.Flag("fan_in") ?? false),
            Path = fields.Source.Path.ToString(),
            Line = fields.Source.Line,
        };
    }

    private static string? Output(Fields fields)
    {
        var inner = fields.Source.Find("run")?.Find("output_key");
        var output = fields.Text("output") ?? (inner is null ? null : fields.Text(inner, "output_key"));
        if (output is { Length: 0 or > InputBounds.NameLength })
            fields.Findings.Faults.Add("INVALID_VALUE", $"'output' must have 1 to {InputBounds.NameLength} characters", fields.Source);
        return output;
    }

    // Ids may be written as numbers; they are names all the same.
    private static SourceValue? Ids(Fields fields)
    {
        var list = fields.Take("depends_on");
        fields.Note("depends_on")?.ItemTypes.Add("number");
        if (list?.Kind != SourceKind.List || list.Items.All(i => i.Kind == SourceKind.Text)) return list;
        return SourceValue.OfList([.. list.Items.Select(AsText)], list.Path, list.Line);
    }

    private static SourceValue AsText(SourceValue value) =>
        value.Kind == SourceKind.Number ? SourceValue.OfScalar(SourceKind.Text, value.Scalar, value.Path, value.Line) : value;

    private (OnError Mode, string? Fallback) ErrorMode(Fields fields, NodePlace place, RetryPolicy? retry)
    {
        if (fields.Inner("on_error", "on_error") is not { } inner) return (OnError.Raise, null);
        var mode = inner.OneOf("mode", Modes) ?? OnError.Raise;
        if (place != NodePlace.StateGraph) inner.Refuse("fallback", "belongs to the nodes of a state graph, which alone can lead elsewhere");
        var fallback = inner.Text("fallback");
        if (mode == OnError.Retry && retry is null)
            findings.Faults.Add("MISSING_FIELD", "'on_error.mode: retry' needs 'retry' on the same node", inner.Source);
        inner.Close();
        return (mode, fallback);
    }

    private string Name(Fields fields, NodePlace place)
    {
        var key = KeyOf(place);
        var value = fields.Take(key);
        fields.Allows(key, "string", "number");
        if (fields.Note(key) is { } form) form.Longest = InputBounds.NameLength;
        if (value is null)
        {
            fields.Missing(key);
            return $"<{fields.Source.Path}>";
        }

        if (fields.Text(AsText(value), key) is not { } name) return $"<{fields.Source.Path}>";
        if (NameFault(name) is { } fault) findings.Faults.Add("INVALID_NAME", fault, value);
        findings.Claim(name, value);
        return name;
    }

    private static string? NameFault(string name) => name switch
    {
        _ when string.IsNullOrWhiteSpace(name) => "a node's name is empty",
        { Length: > InputBounds.NameLength } =>
            $"a node's name has {name.Length:n0} characters; at most {InputBounds.NameLength} are allowed",
        Workflow.StartName or Workflow.EndName =>
            $"'{name}' is reserved: it means the {(name == Workflow.StartName ? "start" : "end")} of the workflow",
        _ when name.Any(char.IsControl) => $"the node's name '{Quoted.Short(name)}' holds a control character",
        _ => null,
    };

    private static void Refusals(Fields fields, NodePlace place)
    {
        if (place == NodePlace.StateGraph)
        {
            fields.Refuse("depends_on", "belongs to dependency graphs (nodes with 'id'); a state graph has edges and goto");
            fields.Refuse("priority", "belongs to dependency graphs (nodes with 'id')");
            return;
        }

        var reason = place == NodePlace.DependencyGraph
            ? "belongs to state graphs (nodes with 'name'); here depends_on gives the order"
            : "has no place here: nodes of a loop's body, of steps and of finally run one after the other";
        foreach (var name in (string[])["goto", "interrupt", "fallback", "fan_in"]) fields.Refuse(name, reason);
        if (place == NodePlace.DependencyGraph)
            fields.Refuse("output", "belongs to state graphs; here a node's output is nodes.<id>.output");
    }
}
