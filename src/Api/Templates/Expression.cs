namespace Bulkhead.Api.Templates;

/// <summary>
/// A parsed expression: Lua over <c>state</c>, <c>variables</c>, <c>result</c> (and in templates <c>context</c>, <c>input</c>, <c>variable</c>,
/// <c>nodes</c>), with <c>!=</c>, <c>!</c>, <c>&amp;&amp;</c>, <c>||</c>, <c>null</c> and <c>value | filter(argument)</c> also accepted.
/// </summary>
/// <param name="Source">As the author wrote it.</param>
/// <param name="Lua">One Lua expression, to be run as <c>return &lt;Lua&gt;</c> where the scopes and <c>__expr</c> are visible.</param>
/// <param name="Reads">The field paths that it reads, as far as their keys are constant: <c>state.order.total</c>. Sorted, distinct.</param>
public sealed record Expression(string Source, string Lua, IReadOnlyList<string> Reads)
{
    /// <summary>Most characters of one expression.</summary>
    public const int MostLength = 10_000;

    /// <summary>Parses; false with one sentence for a person when the text is no expression.</summary>
    public static bool TryParse(string source, ExpressionUse use, out Expression? expression, out string error)
    {
        try
        {
            expression = Parse(source, use);
            error = string.Empty;
            return true;
        }
        catch (ExpressionFault fault)
        {
            expression = null;
            error = fault.Message;
            return false;
        }
    }

    /// <summary>The Lua text of an expression that the loader has accepted.</summary>
    /// <exception cref="FormatException">The text is no expression.</exception>
    public static string ToLua(string source, ExpressionUse use = ExpressionUse.Value) =>
        TryParse(source, use, out var expression, out var error) ? expression!.Lua : throw new FormatException(error);

    private static Expression Parse(string source, ExpressionUse use)
    {
        if (source.Length > MostLength)
            throw new ExpressionFault($"an expression has {source.Length:n0} characters; at most {MostLength:n0} are allowed");
        if (string.IsNullOrWhiteSpace(source)) throw new ExpressionFault("the expression is empty");
        var tree = ParseTree(source);
        var (lua, reads) = LuaWriter.Write(tree, use);
        return new Expression(source, lua, reads);
    }

    // Authors write conditions with and without braces: {{ state.ok }} means state.ok.
    private static Syntax ParseTree(string source)
    {
        var text = source.Trim();
        if (!text.StartsWith("{{", StringComparison.Ordinal) || !text.EndsWith("}}", StringComparison.Ordinal))
            return ExpressionParser.Parse(source);
        var (tree, end) = ExpressionParser.ParseHole(text, 2);
        return end == text.Length ? tree : throw new ExpressionFault("text after }}");
    }

    internal static Expression OfHole(string source, int start, ExpressionUse use, out int end)
    {
        (var tree, end) = ExpressionParser.ParseHole(source, start);
        if (end - start > MostLength)
            throw new ExpressionFault($"an expression has {end - start:n0} characters; at most {MostLength:n0} are allowed");
        var (lua, reads) = LuaWriter.Write(tree, use);
        return new Expression(source[start..(end - 2)].Trim(), lua, reads);
    }
}
