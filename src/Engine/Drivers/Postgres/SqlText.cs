using System.Text;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// One SQL statement with its parameters as <c>$1, $2, ...</c>. Named ones (<c>@name</c>, <c>:name</c>) are numbered here; quotes,
/// dollar quotes, comments, casts (<c>::</c>) and named arguments (<c>:=</c>) are left alone. Values never enter the text. A second
/// statement after a semicolon is refused, so that a value which did slip into the text cannot begin another statement.
/// Source: PostgreSQL manual, 4.1 Lexical Structure.
/// </summary>
/// <param name="Text">What goes to the server.</param>
/// <param name="Names">Names in the order of their numbers; empty for positional parameters.</param>
internal sealed record SqlText(string Text, IReadOnlyList<string> Names)
{
    private const string OperatorCharacters = "+-*/<>=~!@#%^&|`?";

    /// <param name="sql">The author's statement.</param>
    /// <param name="known">Names that have a value; null when parameters are positional.</param>
    public static SqlText Parse(string sql, IReadOnlySet<string>? known)
    {
        var output = new StringBuilder(sql.Length);
        var names = new List<string>();
        int ended = -1;
        int at = 0;
        while (at < sql.Length)
        {
            int end = SkipQuoted(sql, at);
            bool blank = char.IsWhiteSpace(sql[at]) || IsComment(sql, at);
            if (ended >= 0 && !blank && sql[at] != ';')
            {
                throw Fault("One call runs one statement: there is text after the semicolon.");
            }

            if (end == at && sql[at] == ';')
            {
                ended = at;
                at++;
                continue;
            }

            if (end == at && known is not null && ParameterName(sql, at) is { } name && (known.Contains(name) || sql[at] == '@'))
            {
                output.Append('$').Append(Number(name, names, known));
                at += 1 + name.Length;
                continue;
            }

            end = end == at ? Plain(sql, at) : end;
            output.Append(sql, at, end - at);
            at = end;
        }

        return string.IsNullOrWhiteSpace(output.ToString()) ? throw Fault("The SQL text is empty.") : new SqlText(output.ToString(), names);
    }

    private static int Number(string name, List<string> names, IReadOnlySet<string> known)
    {
        if (!known.Contains(name))
        {
            throw Fault($"The SQL text names the parameter '{name}', which has no value.");
        }

        int index = names.IndexOf(name);
        if (index < 0)
        {
            names.Add(name);
            index = names.Count - 1;
        }

        return index + 1;
    }

    /// <summary>The name after <c>@</c> or <c>:</c> at this place, or null when it is an operator, a cast or a named argument.</summary>
    private static string? ParameterName(string sql, int at)
    {
        char before = at > 0 ? sql[at - 1] : ' ';
        bool marker = sql[at] switch
        {
            '@' => !OperatorCharacters.Contains(before),
            ':' => before != ':',
            _ => false,
        };
        int end = at + 1;
        if (!marker || end >= sql.Length || !(char.IsAsciiLetter(sql[end]) || sql[end] == '_'))
        {
            return null;
        }

        return sql[end..WordEnd(sql, end)];
    }

    /// <summary>A whole word (so that a dollar inside it opens no quote), a cast, or one character.</summary>
    private static int Plain(string sql, int at)
    {
        if (char.IsLetter(sql[at]) || sql[at] == '_')
        {
            return WordEnd(sql, at);
        }

        return sql.AsSpan(at).StartsWith("::") ? at + 2 : at + 1;
    }

    private static int WordEnd(string sql, int at)
    {
        while (at < sql.Length && (char.IsLetterOrDigit(sql[at]) || sql[at] is '_' or '$'))
        {
            at++;
        }

        return at;
    }

    private static bool IsComment(string sql, int at) => sql.AsSpan(at).StartsWith("--") || sql.AsSpan(at).StartsWith("/*");

    /// <summary>The end of the quoted text or comment that begins here, or <paramref name="at"/> when none does.</summary>
    private static int SkipQuoted(string sql, int at) => sql[at] switch
    {
        '\'' => SkipUntilQuote(sql, at + 1, '\'', backslash: false),
        '"' => SkipUntilQuote(sql, at + 1, '"', backslash: false),
        'e' or 'E' when at + 1 < sql.Length && sql[at + 1] == '\'' => SkipUntilQuote(sql, at + 2, '\'', backslash: true),
        '$' => SkipDollarQuote(sql, at),
        '-' when IsComment(sql, at) => LineEnd(sql, at),
        '/' when IsComment(sql, at) => SkipBlockComment(sql, at),
        _ => at,
    };

    private static int SkipUntilQuote(string sql, int at, char quote, bool backslash)
    {
        for (; at < sql.Length; at++)
        {
            if (backslash && sql[at] == '\\')
            {
                at++;
            }
            else if (sql[at] == quote)
            {
                if (at + 1 >= sql.Length || sql[at + 1] != quote)
                {
                    return at + 1;
                }

                at++; // A doubled quote is one quote inside the text.
            }
        }

        return sql.Length;
    }

    private static int SkipDollarQuote(string sql, int at)
    {
        int tagEnd = at + 1;
        while (tagEnd < sql.Length && (char.IsLetterOrDigit(sql[tagEnd]) || sql[tagEnd] == '_'))
        {
            tagEnd++;
        }

        if (tagEnd >= sql.Length || sql[tagEnd] != '$' || (tagEnd > at + 1 && char.IsDigit(sql[at + 1])))
        {
            return at;
        }

        string tag = sql[at..(tagEnd + 1)];
        int close = sql.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        return close < 0 ? sql.Length : close + tag.Length;
    }

    private static int LineEnd(string sql, int at)
    {
        int end = sql.IndexOf('\n', at);
        return end < 0 ? sql.Length : end;
    }

    private static int SkipBlockComment(string sql, int at)
    {
        int depth = 0;
        while (at < sql.Length)
        {
            ReadOnlySpan<char> rest = sql.AsSpan(at);
            depth += rest.StartsWith("/*") ? 1 : rest.StartsWith("*/") ? -1 : 0;
            at += rest.StartsWith("/*") || rest.StartsWith("*/") ? 2 : 1;
            if (depth == 0)
            {
                return at;
            }
        }

        return sql.Length;
    }

    private static NodeFailureException Fault(string message) => new("SqlError", message, retryable: false);
}
