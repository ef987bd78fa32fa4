namespace Bulkhead.Api.Templates;

/// <summary>A text with <c>{{ expression }}</c> holes. A lone hole keeps the native type of its value; otherwise values become text.</summary>
/// <param name="Parts">Literal texts and expressions in order; empty for the empty text.</param>
public sealed record Template(IReadOnlyList<TemplatePart> Parts)
{
    /// <summary>Whether the text has no hole at all.</summary>
    public bool IsLiteral => Parts.All(p => p.Expression is null);

    /// <summary>The expression of a text that is nothing but one hole; its value keeps its type.</summary>
    public Expression? Lone => Parts is [{ Expression: { } only }] ? only : null;

    /// <summary>Parses; false with one sentence for a person when a hole is no expression.</summary>
    public static bool TryParse(string source, out Template? template, out string error)
    {
        try
        {
            template = Split(source);
            error = string.Empty;
            return true;
        }
        catch (ExpressionFault fault)
        {
            template = null;
            error = fault.Message;
            return false;
        }
    }

    /// <exception cref="FormatException">A hole is no expression.</exception>
    public static Template Parse(string source) =>
        TryParse(source, out var template, out var error) ? template! : throw new FormatException(error);

    private static Template Split(string source)
    {
        var lone = source.Trim();
        if (lone.StartsWith("{{", StringComparison.Ordinal) && lone.EndsWith("}}", StringComparison.Ordinal))
        {
            var only = Expression.OfHole(lone, 2, ExpressionUse.Value, out var close);
            if (close == lone.Length) return new Template([new TemplatePart(null, only)]);
        }

        var parts = new List<TemplatePart>();
        var from = 0;
        for (var open = source.IndexOf("{{", StringComparison.Ordinal); open >= 0; open = source.IndexOf("{{", from, StringComparison.Ordinal))
        {
            if (open > from) parts.Add(new TemplatePart(source[from..open], null));
            parts.Add(new TemplatePart(null, Expression.OfHole(source, open + 2, ExpressionUse.Value, out from)));
        }

        if (from < source.Length) parts.Add(new TemplatePart(source[from..], null));
        return new Template(parts);
    }
}
