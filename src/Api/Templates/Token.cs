namespace Bulkhead.Api.Templates;

internal enum TokenKind
{
    End,
    Name,
    Number,
    Text,
    Symbol,
}

/// <summary>One token; <paramref name="Text"/> is the slice of the source.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start)
{
    public bool Is(string symbol) => Kind is TokenKind.Symbol or TokenKind.Name && Text == symbol;

    public override string ToString() => Kind == TokenKind.End ? "the end" : $"'{Bulkhead.Api.Text.Quoted.Short(Text)}'";
}
