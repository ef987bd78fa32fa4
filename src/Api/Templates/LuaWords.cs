using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Bulkhead.Api.Templates;

/// <summary>Words and literals of Lua 5.4.</summary>
internal static partial class LuaWords
{
    public static FrozenSet<string> Reserved { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
        "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while");

    /// <summary>Libraries of the sandbox: fields of these are read as they are.</summary>
    public static FrozenSet<string> Libraries { get; } = FrozenSet.Create(
        StringComparer.Ordinal, "string", "math", "table", "utf8", "json");

    public static LiteralSyntax Quote(string text)
    {
        var lua = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') lua.Append('\\').Append(c);
            else if (char.IsControl(c)) lua.Append($"\\u{{{(int)c:x}}}");
            else lua.Append(c);
        }

        return new LiteralSyntax(lua.Append('"').ToString());
    }

    /// <summary>The text of a simple string literal; null for everything else.</summary>
    public static string? Unquote(Syntax key) =>
        key is LiteralSyntax { Lua: ['"' or '\'', ..] lua } && !lua.Contains('\\', StringComparison.Ordinal) ? lua[1..^1] : null;

    public static bool IsNumber(string text) => LuaNumber().IsMatch(text);

    [GeneratedRegex(@"^(0[xX]([0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)([pP][+-]?[0-9]+)?|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LuaNumber();
}
