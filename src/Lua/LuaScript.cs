namespace Bulkhead.Lua;

/// <summary>Lua 5.4 source text, never bytecode.</summary>
/// <param name="Name">Shown in error messages as <c>name:line:</c>; the first 48 characters count.</param>
/// <param name="Source">The text.</param>
public sealed record LuaScript(string Name, string Source)
{
    /// <summary>A script whose result is the value of one Lua expression.</summary>
    public static LuaScript Expression(string name, string expression) => new(name, LuaSyntax.AsScript(expression));
}
