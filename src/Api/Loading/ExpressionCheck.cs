using Bulkhead.Api.Templates;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Loading;

/// <summary>Parses the expressions and templates of a document, so that a fault in one is found before anything runs.</summary>
internal static class ExpressionCheck
{
    /// <summary>The expression's text, or null after a fault.</summary>
    public static string? Expression(SourceValue? value, string name, ExpressionUse use, Fields fields)
    {
        fields.Allows(name, "string", "boolean");
        if (value is null) return null;
        if (value.Kind is SourceKind.Boolean) return value.Scalar;
        if (fields.Text(value, name) is not { } text) return null;
        if (Templates.Expression.TryParse(text, use, out _, out var error)) return text;
        fields.Findings.Faults.Add("INVALID_EXPRESSION", $"'{name}' is not an expression: {error}", value);
        return null;
    }

    /// <summary>Checks every text inside a value that may hold <c>{{ }}</c>.</summary>
    public static void Template(SourceValue value, Findings findings)
    {
        if (value.Kind == SourceKind.Text && value.Scalar.Contains("{{", StringComparison.Ordinal)) Holes(value, findings);
        if (value.Kind == SourceKind.Text && value.Scalar.Contains("{%", StringComparison.Ordinal))
            findings.Warnings.Add("TEMPLATE_BLOCK", "blocks {% %} are not part of the language and stay text; use a Lua node", value);
        foreach (var item in value.Items) Template(item, findings);
        foreach (var field in value.Fields) Template(field.Value, findings);
    }

    private static void Holes(SourceValue value, Findings findings)
    {
        if (!Templates.Template.TryParse(value.Scalar, out var template, out var error))
        {
            findings.Faults.Add("INVALID_TEMPLATE", $"not a valid template: {error}", value);
            return;
        }

        foreach (var path in template!.Parts.SelectMany(p => p.Expression?.Reads ?? []))
        {
            if (path.StartsWith("nodes.", StringComparison.Ordinal)) findings.NodeReads.TryAdd(path.Split('.')[1], value);
        }
    }

    /// <summary>Refuses templates in the text of a query: values travel as parameters.</summary>
    public static void Query(SourceValue value, Findings findings)
    {
        if (!value.Scalar.Contains("{{", StringComparison.Ordinal)) return;
        if (Templates.Template.TryParse(value.Scalar, out var template, out _) && !template!.Parts.Any(p => p.Expression is { Reads.Count: > 0 }))
            return;
        findings.Faults.Add(
            "TEMPLATE_IN_QUERY", "a query's text is never built from values; write $1 and give the value in 'params'", value);
    }
}
