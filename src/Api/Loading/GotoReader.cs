using Bulkhead.Api.Templates;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Reads <c>goto</c>: a node's name, or a list of <c>{if, to}</c> rules.</summary>
internal static class GotoReader
{
    public static IReadOnlyList<GotoRule> Read(Fields fields)
    {
        var value = fields.Take("goto");
        fields.Allows("goto", "string", "array");
        if (fields.Note("goto") is { } form) form.ItemShape = "goto_rule";
        if (value is null) return [];
        if (value.Kind == SourceKind.Text) return [new GotoRule(null, value.Scalar, value)];
        if (value.Kind != SourceKind.List)
        {
            fields.Wrong<string>(value, "goto", "a node's name or a list of {if, to} rules");
            return [];
        }

        if (value.Items.Count == 0) fields.Findings.Faults.Add("INVALID_VALUE", "'goto' is an empty list", value);
        return [.. value.Items.Select(i => Rule(i, fields)).OfType<GotoRule>()];
    }

    private static GotoRule? Rule(SourceValue item, Fields outer)
    {
        if (outer.OfKind(item, "a goto rule", SourceKind.Map, "a mapping with 'to' and, where it has a condition, 'if'") is null)
            return null;
        var fields = new Fields(item, outer.Findings, "goto_rule");
        var condition = ExpressionCheck.Expression(fields.Take("if"), "if", ExpressionUse.Condition, fields);
        var to = fields.RequiredText("to");
        fields.Close();
        return to is null ? null : new GotoRule(condition is null ? null : new Condition(condition), to, item);
    }
}
