using FsCheck;
using FsCheck.Fluent;

namespace Bulkhead.Lua.Tests.Fuzz;

/// <summary>
/// Random Lua programs from a grammar of snippets. Holes: e expression, b block, v variable, s string, n small number, f function,
/// m metamethod. Left out are the calls which loop inside one C function (table.move and the like over huge ranges).
/// </summary>
internal static class LuaPrograms
{
    private const int Deepest = 4;

    private static readonly string[] Statements =
    [
        "<v> = <e>", "local <v> = <e>", "<v>, <v> = <e>, <e>", "<v>[<e>] = <e>", "<v>.x = <e>", "_G[<s>] = <e>",
        "if <e> then <b> else <b> end", "for i = 1, <n> do <b> end", "while <e> do <b> end", "repeat <b> until <e>",
        "for k, x in pairs(<e>) do <b> end", "for x in coroutine.wrap(function() <b> coroutine.yield(<e>) end) do <b> end",
        "pcall(function() <b> end)", "xpcall(function() <b> end, function(m) <b> end)", "error(<e>)", "do return <e> end",
        "do local c <close> = setmetatable({}, {__close = function() <b> end}) <b> end", "setmetatable(<v>, {<m> = function(...) <b> end})",
        "setmetatable(<v>, {<m> = <e>})", "setmetatable(_G, {__index = function() return <e> end})", "host.get(<e>)", "host.put(<e>, <e>)",
        "coroutine.yield(<e>)", "<v> = coroutine.create(function(...) <b> return <e> end)", "coroutine.resume(<v>, <e>)",
        "coroutine.close(<v>)", "string.gsub(<s>, <s>, function(c) <b> return <e> end)", "print(<e>, <e>)",
        "table.sort({<e>, <e>, <e>}, function(x, y) return <e> end)", "local _ENV = <e>", "<f>(<e>)", "<f>(<e>, <e>)", "<v>()",
        "goto out", "string.<s2> = nil", "coroutine.<s3> = <e>", "while true do <b> end",
    ];

    private static readonly string[] Expressions =
    [
        "nil", "true", "false", "null", "_G", "<n>", "<s>", "<v>", "{}", "{<e>, <e>}", "{a = <e>, b = <e>}", "{[<e>] = <e>}", "array(<e>)",
        "(<e> + <e>)", "(<e> .. <e>)", "(<e> == <e>)", "(<e> < <e>)", "(<e> // <e>)", "(<e> and <e>)", "(<e> or <e>)", "#<e>", "-<e>", "not <e>",
        "~<e>", "(<e>)[<e>]", "<v>.x", "<f>", "<f>(<e>)", "<f>(<e>, <e>)", "select(2, pcall(<f>, <e>, <e>))", "host.get(<e>)",
        "function(...) <b> return <e> end", "coroutine.wrap(function(...) <b> return <e> end)", "setmetatable({}, {<m> = function(...) return <e> end})",
        "setmetatable({}, {<m> = <e>})", "('ab'):rep(<n>)", "(<s>):find(<s>)", "math.huge", "0/0", "math.maxinteger", "coroutine.running()",
    ];

    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["v"] = ["a", "b", "c", "t", "state"],
        ["s"] = ["''", "'a'", "'%a+'", "'(.)'", "'.-b'", "'%'", "'[x-z]'", "'\\0'", "'\\xff'", "'print'", "'error'", "'10'", "'%s %d'", "'__gc'"],
        ["n"] = ["0", "1", "2", "-1", "3.5", "17", "100"],
        ["s2"] = ["find", "gsub", "format", "rep"],
        ["s3"] = ["resume", "yield", "wrap", "isyieldable"],
        ["m"] = ["__index", "__newindex", "__call", "__tostring", "__eq", "__lt", "__concat", "__close", "__gc", "__metatable", "__mode", "__pairs", "__name", "__unm"],
        ["f"] =
        [
            "tostring", "tonumber", "type", "next", "pairs", "ipairs", "rawget", "rawset", "rawequal", "rawlen", "select", "getmetatable",
            "setmetatable", "pcall", "xpcall", "error", "assert", "print", "string.format", "string.byte", "string.char", "string.find",
            "string.match", "string.gmatch", "string.gsub", "string.upper", "string.sub", "string.pack", "string.unpack", "table.concat",
            "table.pack", "table.unpack", "table.sort", "math.floor", "math.random", "math.randomseed", "math.tointeger", "utf8.char",
            "utf8.codepoint", "utf8.len", "utf8.codes", "coroutine.create", "coroutine.wrap", "coroutine.resume", "coroutine.close",
            "coroutine.status", "coroutine.isyieldable", "coroutine.running", "host.get", "array",
        ],
    };

    /// <summary>Programs of growing size.</summary>
    internal static Arbitrary<string> All { get; } = Arb.From(
        from blocks in Block(Deepest)
        from last in Fill("return <e>", Deepest)
        select $"a, b, c, t = 1, 'b', {{}}, {{1, 2, x = 3}}\n{blocks}\n::out:: do {last} end");

    private static Gen<string> Block(int depth) =>
        from statements in Gen.ListOf(Statement(depth), depth <= 0 ? 0 : depth > 2 ? 3 : 1)
        select string.Join('\n', statements);

    private static Gen<string> Statement(int depth) => Gen.Elements(Statements).SelectMany(template => Fill(template, depth - 1));

    private static Gen<string> Expression(int depth) => Gen.Elements(depth <= 0 ? Expressions[..9] : Expressions)
        .SelectMany(template => Fill(template, depth - 1));

    private static Gen<string> Fill(string template, int depth)
    {
        var start = template.IndexOf('<');
        while (start >= 0 && (start + 1 >= template.Length || template.IndexOf('>', start) is var close && (close < 0 || !IsHole(template[(start + 1)..close]))))
            start = template.IndexOf('<', start + 1);
        if (start < 0)
            return Gen.Constant(template);
        var end = template.IndexOf('>', start);
        return from hole in Hole(template[(start + 1)..end], depth)
               from rest in Fill(template[(end + 1)..], depth)
               select template[..start] + hole + rest;
    }

    private static bool IsHole(string name) => name is "e" or "b" || Words.ContainsKey(name);

    private static Gen<string> Hole(string name, int depth) => name switch
    {
        "e" => Expression(depth),
        "b" => Block(depth),
        _ => Gen.Elements(Words[name]),
    };
}
