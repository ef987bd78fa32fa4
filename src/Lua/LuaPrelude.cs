namespace Bulkhead.Lua;

/// <summary>
/// Trusted Lua source that every VM with this API runs before any script. It receives the yielding host call as <c>...</c>
/// (<c>local call = ...; call("sql.query", name, text)</c>: returns the answer or raises its error) and may define globals.
/// It must not make a host call while it is loaded.
/// </summary>
/// <param name="Name">For error messages.</param>
/// <param name="Source">Lua 5.4 source.</param>
public sealed record LuaPrelude(string Name, string Source);
