using Bulkhead.Api.Templates;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Reads edges: plain, conditional, with targets, and the four spellings of a parallel section.</summary>
internal sealed class EdgeReader(Findings findings, ParallelSettings defaults)
{
    private static readonly string[] ConditionTypes = ["expression"];
    private static readonly string[] Types = ["parallel", "normal", "simple", "conditional"];

    public IReadOnlyList<EdgeDraft> Read(SourceValue? list)
    {
        if (list is null) return [];
        if (list.Items.Count > InputBounds.Edges)
        {
            findings.Faults.Add(
                "TOO_MANY_EDGES", $"the workflow has {list.Items.Count:n0} edges; at most {InputBounds.Edges:n0} are allowed", list);
            return [];
        }

        var drafts = new List<EdgeDraft>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item.Kind == SourceKind.Map) One(item, drafts);
            else findings.Faults.Add("WRONG_TYPE", "an edge must be a mapping with 'from' and 'to'", item);
        }

        return drafts;
    }

    private void One(SourceValue source, List<EdgeDraft> drafts)
    {
        var fields = new Fields(source, findings, "edge");
        var from = fields.RequiredText("from");
        var targets = fields.Map("targets");
        fields.Note("targets")?.ItemTypes.Add("string");
        if (targets is not null) Targets(fields, from, targets, drafts);
        else if (Plain(fields, from) is { } draft) drafts.Add(draft);
        fields.Close();
    }

    private EdgeDraft? Plain(Fields fields, string? from)
    {
        var (when, to, parallel, type) = (When(fields), fields.Take("to"), fields.Take("parallel"), fields.Text(fields.Take("type"), "type", Types));
        fields.Allows("to", "string", "array");
        fields.Allows("parallel", "boolean", "array");
        fields.Note("parallel")?.ItemTypes.Add("string");
        var settings = ParallelSettingsReader.Read(fields, defaults);
        var fanIn = fields.Take("fan_in");
        fields.Text(fanIn, "fan_in");
        if (type is not null && !Types.Contains(type))
            findings.Faults.Add(
                "INVALID_VALUE", $"an edge's 'type' must be parallel, not '{Quoted.Short(type)}'", fields.Source.Find("type")!);
        if (Branches(fields, to, parallel) is not { } branches || from is null) return null;
        var joins = type == "parallel" && to is { Kind: SourceKind.Text };
        var isParallel = joins || type == "parallel" || to is not { Kind: SourceKind.Text } || parallel is { Scalar: "true" };
        if (!isParallel && fanIn is not null)
            findings.Faults.Add(
                "FIELD_NOT_ALLOWED", "'fan_in' belongs to parallel edges; write 'to' as a list or add 'type: parallel'", fanIn);
        return new EdgeDraft
        {
            From = from,
            When = when,
            To = branches,
            Parallel = isParallel,
            Joins = joins,
            FanIn = fanIn,
            Settings = settings,
            At = fields.Source,
        };
    }

    private IReadOnlyList<SourceValue>? Branches(Fields fields, SourceValue? to, SourceValue? parallel)
    {
        var value = parallel?.Kind == SourceKind.List ? parallel : to;
        if (parallel?.Kind == SourceKind.List && to is not null)
            findings.Faults.Add("INVALID_VALUE", "'parallel' as a list and 'to' both name where the edge leads; write one of them", to);
        if (parallel is not null && parallel.Kind is not (SourceKind.List or SourceKind.Boolean))
            fields.Wrong<string>(parallel, "parallel", "a list of nodes, or true");
        if (value is null)
        {
            fields.Missing("to");
            return null;
        }

        if (value.Kind == SourceKind.Text) return [value];
        if (value.Kind != SourceKind.List) return fields.Wrong<IReadOnlyList<SourceValue>>(value, "to", "a node's name or a list of names");
        var branches = fields.Texts(value, "to");
        if (value.Items.Count == 0) findings.Faults.Add("INVALID_VALUE", "a parallel edge needs at least one branch", value);
        return branches.Count > 0 && branches.Count == value.Items.Count ? branches : null;
    }

    private void Targets(Fields fields, string? from, SourceValue targets, List<EdgeDraft> drafts)
    {
        foreach (var name in (string[])["to", "parallel", "fan_in", "type"]) fields.Refuse(name, "has no place beside 'targets'");
        var (condition, when) = (fields.Take("condition"), fields.Take("when"));
        var expression = ConditionText(fields, condition ?? when, ExpressionUse.Match);
        if (condition is null && when is null)
            findings.Faults.Add("MISSING_FIELD", "'targets' needs 'when' (or 'condition'): the expression whose value chooses", targets);
        if (condition is not null && when is not null)
            findings.Faults.Add("INVALID_VALUE", "beside 'targets' write 'when' or 'condition', not both", when);
        if (targets.Fields.Count == 0) findings.Faults.Add("INVALID_VALUE", "'targets' is empty", targets);
        var boolean = targets.Fields.All(f => f.Name is "true" or "false");
        foreach (var (value, _, to) in targets.Fields)
        {
            if (fields.Text(to, "a target") is null || from is null || expression is null) continue;
            var chosen = boolean ? new Condition(expression, Negated: value == "false") : new Condition(expression, value);
            drafts.Add(new EdgeDraft { From = from, When = chosen, To = [to], At = to });
        }
    }

    private Condition? When(Fields fields)
    {
        var (condition, when) = (fields.Take("condition"), fields.Take("when"));
        if (condition is null)
        {
            if (when is null || when is { Kind: SourceKind.Boolean, Scalar: "true" }) return null;
            return ConditionText(fields, when, ExpressionUse.Condition) is { } alone ? new Condition(alone) : null;
        }

        var expression = ConditionText(
            fields, condition, when is null or { Kind: SourceKind.Boolean } ? ExpressionUse.Condition : ExpressionUse.Match);
        if (expression is null) return null;
        if (when is null or { Kind: SourceKind.Boolean }) return new Condition(expression, Negated: when is { Scalar: "false" });
        return when.Kind is SourceKind.Text or SourceKind.Number
            ? new Condition(expression, when.Scalar)
            : fields.Wrong<Condition>(when, "when", "true, false or the text that the condition's value must have");
    }

    private string? ConditionText(Fields fields, SourceValue? value, ExpressionUse use)
    {
        fields.Allows("condition", "string", "boolean");
        fields.Allows("when", "number", "object");
        if (fields.Note("when") is { } form) form.Shape = "condition";
        if (value is not { Kind: SourceKind.Map }) return ExpressionCheck.Expression(value, "when", use, fields);
        var inner = fields.Open(value, "condition", "condition");
        if (inner.Text(inner.Take("type"), "type", ConditionTypes) is { } type and not "expression")
            findings.Faults.Add(
                "INVALID_VALUE", $"a condition's 'type' must be expression, not '{Quoted.Short(type)}'", value.Find("type")!);
        var text = inner.Take("value");
        if (text is null) inner.Missing("value");
        inner.Close();
        return ExpressionCheck.Expression(text, "value", use, inner);
    }
}
