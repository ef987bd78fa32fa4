using Bulkhead.Api.Text;

namespace Bulkhead.Api.Templates;

/// <summary>
/// Parses Lua expressions with <c>!=</c>, <c>!</c>, <c>&amp;&amp;</c>, <c>||</c>, <c>null</c> and filters. A filter binds tighter than every operator,
/// as in Jinja: <c>state.items | length > 3</c> compares the length. Precedence is Lua's (reference manual 5.4, 3.4.8).
/// </summary>
internal sealed class ExpressionParser
{
    private const int MostDepth = 48;
    private const int MostLinks = 500;
    private const int UnaryPrecedence = 12;
    private readonly Lexer _lexer;
    private Token _token;
    private int _depth;
    private int _links;

    private ExpressionParser(string source, int start)
    {
        _lexer = new Lexer(source, start);
        _token = _lexer.Next();
    }

    /// <summary>Parses a whole text.</summary>
    public static Syntax Parse(string source)
    {
        var parser = new ExpressionParser(source, 0);
        var tree = parser.Expression(0);
        return parser._token.Kind == TokenKind.End ? tree : throw new ExpressionFault($"unexpected {parser._token}");
    }

    /// <summary>Parses what stands between <c>{{</c> and <c>}}</c>; returns where the text goes on.</summary>
    public static (Syntax Tree, int End) ParseHole(string source, int start)
    {
        var parser = new ExpressionParser(source, start);
        var tree = parser.Expression(0);
        if (!parser._token.Is("}")) throw new ExpressionFault($"unexpected {parser._token} before }}}}");
        var close = parser._token.Start;
        return source.AsSpan(close).StartsWith("}}")
            ? (tree, close + 2)
            : throw new ExpressionFault("a template that begins with {{ does not end with }}");
    }

    private Syntax Expression(int least)
    {
        if (++_depth > MostDepth) throw new ExpressionFault($"an expression is nested deeper than {MostDepth} levels");
        var left = Unary();
        while (Operators.Precedence(_token) is var (binding, rightAssociative) && binding > least)
        {
            var symbol = Operators.Normal(_token.Text);
            Link();
            Advance();
            left = new BinarySyntax(symbol, left, Expression(rightAssociative ? binding - 1 : binding));
        }

        _depth--;
        return left;
    }

    private Syntax Unary()
    {
        if (_token.Kind is TokenKind.Symbol or TokenKind.Name && _token.Text is "not" or "!" or "-" or "#" or "~")
        {
            var symbol = _token.Text == "!" ? "not" : _token.Text;
            Advance();
            return new UnarySyntax(symbol, Expression(UnaryPrecedence));
        }

        return Suffixed();
    }

    private Syntax Suffixed()
    {
        var target = Primary();
        for (; ; Link())
        {
            if (_token.Is(".")) target = Field(target);
            else if (_token.Is("[")) target = Key(target);
            else if (_token.Is(":")) target = Method(target);
            else if (_token.Is("(")) target = new CallSyntax(target, null, Arguments());
            else if (_token.Kind == TokenKind.Text && target is NameSyntax or IndexSyntax or CallSyntax)
                target = new CallSyntax(target, null, [Literal()]);
            else if (_token.Is("|")) target = Filter(target);
            else return target;
        }
    }

    private Syntax Primary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Number or TokenKind.Text:
                return Literal();
            case TokenKind.Name:
                return Name();
            case TokenKind.Symbol when token.Is("("):
                Advance();
                var inner = Expression(0);
                Expect(")");
                return new ParenthesisSyntax(inner);
            case TokenKind.Symbol when token.Is("{"):
                return Table();
            default:
                throw new ExpressionFault($"an expression is expected where {token} stands");
        }
    }

    private Syntax Name()
    {
        var (_, name, at) = _token;
        switch (name)
        {
            case "nil" or "null":
                Advance();
                return new AbsentSyntax();
            case "true" or "false":
                return Literal();
            case "secrets":
                throw new ExpressionFault("there is no secrets scope: secrets live in connections only, and a workflow never sees them");
            case "function":
                throw new ExpressionFault("an expression cannot define a function; use a Lua node");
        }

        if (LuaWords.Reserved.Contains(name)) throw new ExpressionFault($"unexpected '{name}'");
        if (name == "nodes" && _lexer.NodeKey(at + name.Length) is { } id)
        {
            Advance();
            return new IndexSyntax(new NameSyntax(name), LuaWords.Quote(id), id);
        }

        Advance();
        return new NameSyntax(name);
    }

    private LiteralSyntax Literal()
    {
        var literal = new LiteralSyntax(_token.Text);
        if (_token.Kind == TokenKind.Number && !LuaWords.IsNumber(_token.Text)) throw new ExpressionFault($"{_token} is not a number");
        Advance();
        return literal;
    }

    private IndexSyntax Field(Syntax target)
    {
        Advance();
        var name = NameText("a field name");
        return new IndexSyntax(target, LuaWords.Quote(name), name);
    }

    private IndexSyntax Key(Syntax target)
    {
        Advance();
        var key = Expression(0);
        Expect("]");
        return new IndexSyntax(target, key, LuaWords.Unquote(key));
    }

    private CallSyntax Method(Syntax target)
    {
        Advance();
        var name = NameText("a method name");
        return new CallSyntax(target, name, _token.Kind == TokenKind.Text ? [Literal()] : Arguments());
    }

    private FilterSyntax Filter(Syntax operand)
    {
        Advance();
        var name = NameText("a filter name");
        if (!Filters.All.TryGetValue(name, out var count))
            throw new ExpressionFault($"unknown filter '{Quoted.Short(name)}'{Nearest.Suggest(name, Filters.All.Keys)}");
        List<Syntax> arguments = _token.Is("(") ? Arguments() : [];
        return arguments.Count >= count.Least && arguments.Count <= count.Most
            ? new FilterSyntax(operand, name, arguments)
            : throw new ExpressionFault(
                $"the filter '{name}' takes {(count.Most == 0 ? "no argument" : "one argument")}, not {arguments.Count}");
    }

    private List<Syntax> Arguments()
    {
        Expect("(");
        var arguments = new List<Syntax>();
        while (!_token.Is(")"))
        {
            if (arguments.Count > 0) Expect(",");
            arguments.Add(Expression(0));
        }

        Advance();
        return arguments;
    }

    private TableSyntax Table()
    {
        Advance();
        var entries = new List<(Syntax? Key, Syntax Value)>();
        while (!_token.Is("}"))
        {
            entries.Add(Entry());
            if (_token.Is(",") || _token.Is(";")) Advance();
            else if (!_token.Is("}")) throw new ExpressionFault($"unexpected {_token} in a table");
        }

        Advance();
        return new TableSyntax(entries);
    }

    private (Syntax? Key, Syntax Value) Entry()
    {
        Syntax? key = null;
        if (_token.Is("["))
        {
            Advance();
            key = Expression(0);
            Expect("]");
            Expect("=");
            return (key, Expression(0));
        }

        var value = Expression(0);
        if (value is not NameSyntax name || !_token.Is("=")) return (null, value);
        Advance();
        return (LuaWords.Quote(name.Name), Expression(0));
    }

    private string NameText(string what)
    {
        if (_token.Kind != TokenKind.Name) throw new ExpressionFault($"{what} is expected where {_token} stands");
        var name = _token.Text;
        Advance();
        return name;
    }

    private void Expect(string symbol)
    {
        if (!_token.Is(symbol)) throw new ExpressionFault($"'{symbol}' is expected where {_token} stands");
        Advance();
    }

    // The tree is walked recursively, so that its depth must be bounded, not only that of parentheses.
    private void Link()
    {
        if (++_links > MostLinks) throw new ExpressionFault($"an expression has more than {MostLinks} operators and accesses");
    }

    private void Advance() => _token = _lexer.Next();
}
