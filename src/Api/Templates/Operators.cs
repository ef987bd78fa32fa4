namespace Bulkhead.Api.Templates;

/// <summary>The binary operators (Lua reference manual 5.4, 3.4.8) and their further spellings.</summary>
internal static class Operators
{
    /// <summary>The spelling of Lua.</summary>
    public static string Normal(string symbol) => symbol switch { "&&" => "and", "||" => "or", "!=" => "~=", _ => symbol };

    /// <summary>How tightly an operator binds; 0 for what is none.</summary>
    public static (int Binding, bool RightAssociative) Precedence(Token token) =>
        token.Kind is not (TokenKind.Symbol or TokenKind.Name) ? default : token.Text switch
        {
            "or" or "||" => (1, false),
            "and" or "&&" => (2, false),
            "<" or ">" or "<=" or ">=" or "~=" or "!=" or "==" => (3, false),
            "~" => (5, false),
            "&" => (6, false),
            "<<" or ">>" => (7, false),
            ".." => (9, true),
            "+" or "-" => (10, false),
            "*" or "/" or "//" or "%" => (11, false),
            "^" => (14, true),
            _ => default,
        };
}
