namespace Bulkhead.Api.Templates;

/// <summary>Splits a Lua expression, with the language's extra operators, into tokens on demand.</summary>
internal sealed class Lexer(string source, int start)
{
    // Longest first.
    private static readonly string[] Symbols =
        ["...", "==", "~=", "!=", "<=", ">=", "&&", "||", "//", "..", "<<", ">>", "::",
         "+", "-", "*", "/", "%", "^", "#", "&", "~", "|", "<", ">", "=", "(", ")", "{", "}", "[", "]", ";", ":", ",", ".", "!"];

    public int Position { get; private set; } = start;

    public Token Next()
    {
        SkipBlank();
        var from = Position;
        if (from >= source.Length) return new Token(TokenKind.End, string.Empty, from);
        var c = source[from];
        if (char.IsAsciiLetter(c) || c == '_') return Take(TokenKind.Name, Span(from, IsWord));
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(At(from + 1)))) return Take(TokenKind.Number, NumberEnd(from));
        if (c is '"' or '\'') return Take(TokenKind.Text, TextEnd(from, c));
        if (c == '[' && LongBracketEnd(from) is { } end) return Take(TokenKind.Text, end);
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(source, from, symbol, 0, symbol.Length) == 0) return Take(TokenKind.Symbol, from + symbol.Length);
        }

        throw new ExpressionFault($"the character {Bulkhead.Api.Text.Quoted.Short($"'{c}'")} does not belong into an expression");
    }

    /// <summary>The name of a node right after <c>nodes</c>, which may hold hyphens and begin with a digit; null when none follows.</summary>
    public string? NodeKey(int after)
    {
        if (At(after) != '.') return null;
        var end = Span(after + 1, c => IsWord(c) || c == '-');
        if (end == after + 1) return null;
        Position = end;
        return source[(after + 1)..end];
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private char At(int index) => index < source.Length ? source[index] : '\0';

    private Token Take(TokenKind kind, int end)
    {
        var token = new Token(kind, source[Position..end], Position);
        Position = end;
        return token;
    }

    private int Span(int from, Func<char, bool> belongs)
    {
        while (from < source.Length && belongs(source[from])) from++;
        return from;
    }

    private void SkipBlank()
    {
        Position = Span(Position, char.IsWhiteSpace);
        while (At(Position) == '-' && At(Position + 1) == '-')
        {
            var line = source.IndexOf('\n', Position);
            Position = Span(line < 0 ? source.Length : line, char.IsWhiteSpace);
        }
    }

    private int NumberEnd(int from)
    {
        var hexadecimal = source[from] == '0' && At(from + 1) is 'x' or 'X';
        var end = from;
        while (end < source.Length)
        {
            var c = source[end];
            var exponent = end > from && c is '+' or '-' && (hexadecimal ? source[end - 1] is 'p' or 'P' : source[end - 1] is 'e' or 'E');
            if (!exponent && !char.IsAsciiLetterOrDigit(c) && (c != '.' || At(end + 1) == '.')) break;
            end++;
        }

        return end;
    }

    private int TextEnd(int from, char quote)
    {
        for (var i = from + 1; i < source.Length && source[i] != '\n'; i++)
        {
            if (source[i] == quote) return i + 1;
            if (source[i] == '\\') i++;
        }

        throw new ExpressionFault(
            $"the string that begins with {Bulkhead.Api.Text.Quoted.Short(source[from..Math.Min(source.Length, from + 12)])} does not end");
    }

    private int? LongBracketEnd(int from)
    {
        var level = Span(from + 1, c => c == '=') - from - 1;
        if (At(from + 1 + level) != '[') return null;
        var close = source.IndexOf($"]{new string('=', level)}]", from + 2 + level, StringComparison.Ordinal);
        return close < 0 ? throw new ExpressionFault("a long string [[ does not end") : close + 2 + level;
    }
}
