using System.Collections.Frozen;
using System.Text;

namespace Bulkhead.Api.Templates;

/// <summary>
/// Writes an expression as Lua text. Where a field may be missing it calls the functions of <c>__expr</c>
/// (<see cref="ExpressionPrelude"/>), so that conditions are false instead of failing.
/// </summary>
internal sealed class LuaWriter(bool tolerant)
{
    private static readonly FrozenDictionary<string, string> Arithmetic = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["+"] = "add",
        ["-"] = "sub",
        ["*"] = "mul",
        ["/"] = "div",
        ["//"] = "idiv",
        ["%"] = "mod",
        ["^"] = "pow",
        [".."] = "concat",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Comparison = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["<"] = "lt",
        ["<="] = "le",
        [">"] = "gt",
        [">="] = "ge",
        ["~="] = "ne",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly SortedSet<string> _reads = new(StringComparer.Ordinal);

    public static (string Lua, IReadOnlyList<string> Reads) Write(Syntax tree, ExpressionUse use)
    {
        var writer = new LuaWriter(tolerant: use != ExpressionUse.Value);
        var lua = use == ExpressionUse.Condition ? writer.Truth(tree) : writer.Value(tree);
        return (lua, [.. writer._reads]);
    }

    private string Truth(Syntax tree) => tree switch
    {
        ParenthesisSyntax p => $"({Truth(p.Inner)})",
        BinarySyntax { Operator: "and" or "or" } b => $"({Truth(b.Left)} {b.Operator} {Truth(b.Right)})",
        UnarySyntax { Operator: "not" } u => $"(not {Truth(u.Operand)})",
        BinarySyntax { Operator: "==" or "~=" or "<" or "<=" or ">" or ">=" } => Value(tree),
        LiteralSyntax { Lua: "true" or "false" } literal => literal.Lua,
        _ => $"__expr.truth({Value(tree)})",
    };

    private string Value(Syntax tree) => tree switch
    {
        LiteralSyntax literal => literal.Lua,
        AbsentSyntax => "nil",
        NameSyntax name => Name(name),
        ParenthesisSyntax p => $"({Value(p.Inner)})",
        IndexSyntax index => Index(index),
        CallSyntax call => Call(call),
        UnarySyntax unary => Unary(unary),
        BinarySyntax binary => Binary(binary),
        FilterSyntax filter => Filter(filter),
        TableSyntax table => Table(table),
        _ => throw new InvalidOperationException(tree.GetType().Name),
    };

    // A part whose missing fields are no error: it becomes nil.
    private string Tolerant(Syntax tree)
    {
        if (tolerant) return Value(tree);
        var inner = new LuaWriter(tolerant: true);
        var lua = inner.Value(tree);
        _reads.UnionWith(inner._reads);
        return lua;
    }

    private string Name(NameSyntax name)
    {
        if (!LuaWords.Libraries.Contains(name.Name)) _reads.Add(name.Name);
        return name.Name;
    }

    private string Index(IndexSyntax index)
    {
        var keys = new Stack<IndexSyntax>();
        Syntax root = index;
        for (; root is IndexSyntax step; root = step.Target) keys.Push(step);
        if (root is NameSyntax { Name: var library } && LuaWords.Libraries.Contains(library))
            return library + string.Concat(keys.Select(k => $"[{Value(k.Key)}]"));

        var path = root is NameSyntax name ? Path(name.Name, keys) : null;
        if (path is not null) _reads.Add(path);
        var target = root is NameSyntax plain ? plain.Name : Value(root);
        var access = string.Join(", ", keys.Select(k => Value(k.Key)).Prepend(target));
        return tolerant ? $"__expr.get({access})" : $"__expr.need({LuaWords.Quote(path ?? "the value").Lua}, {access})";
    }

    private static string Path(string root, IEnumerable<IndexSyntax> keys) =>
        string.Join('.', keys.TakeWhile(k => k.Field is not null).Select(k => k.Field).Prepend(root));

    private string Call(CallSyntax call)
    {
        var arguments = call.Arguments.Select(Value);
        if (call.Method is not { } method) return $"{Callee(call.Target)}({string.Join(", ", arguments)})";
        var target = Value(call.Target);
        return tolerant
            ? $"__expr.method({string.Join(", ", arguments.Prepend(LuaWords.Quote(method).Lua).Prepend(target))})"
            : $"({target}):{method}({string.Join(", ", arguments)})";
    }

    private string Callee(Syntax target) =>
        target is NameSyntax or IndexSyntax or CallSyntax { Method: null } ? Value(target) : $"({Value(target)})";

    private string Unary(UnarySyntax unary) => unary.Operator switch
    {
        "not" => tolerant ? $"(not {Truth(unary.Operand)})" : $"(not {Tolerant(unary.Operand)})",
        "#" when tolerant => $"__expr.len({Value(unary.Operand)})",
        "-" when tolerant && unary.Operand is not LiteralSyntax => $"__expr.sub(0, {Value(unary.Operand)})",
        var symbol => $"({symbol} {Value(unary.Operand)})",
    };

    private string Binary(BinarySyntax binary)
    {
        var (symbol, left, right) = (binary.Operator, binary.Left, binary.Right);
        if (symbol is "==" or "~=" && (left is AbsentSyntax || right is AbsentSyntax))
            return $"({(symbol == "~=" ? "not " : string.Empty)}__expr.absent({Tolerant(left is AbsentSyntax ? right : left)}))";
        if (symbol == "or") return $"({Tolerant(left)} or {Value(right)})";
        if (tolerant && (Arithmetic.TryGetValue(symbol, out var function) || Comparison.TryGetValue(symbol, out function)))
            return $"__expr.{function}({Value(left)}, {Value(right)})";
        return $"({Value(left)} {symbol} {Value(right)})";
    }

    private string Filter(FilterSyntax filter)
    {
        var operand = filter.Filter == "default" ? Tolerant(filter.Operand) : Value(filter.Operand);
        return $"__expr.filters.{filter.Filter}({string.Join(", ", filter.Arguments.Select(Value).Prepend(operand))})";
    }

    private string Table(TableSyntax table)
    {
        var text = new StringBuilder("{");
        foreach (var (key, value) in table.Entries)
        {
            if (text.Length > 1) text.Append(", ");
            if (key is not null) text.Append("[(").Append(Value(key)).Append(")] = ");
            text.Append(Value(value));
        }

        return text.Append('}').ToString();
    }
}
