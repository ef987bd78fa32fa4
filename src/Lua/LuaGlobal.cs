using System.Text.Json;

namespace Bulkhead.Lua;

/// <summary>A global variable for one run: a fresh copy each time, so that what a script changes in it is lost after.</summary>
public readonly record struct LuaGlobal
{
    /// <summary>One table with these fields.</summary>
    public LuaGlobal(string name, IReadOnlyDictionary<string, JsonElement> fields)
    {
        Name = name;
        Fields = fields;
    }

    /// <summary>One value. JSON null is the global <c>null</c>, not nil.</summary>
    public LuaGlobal(string name, JsonElement value)
    {
        Name = name;
        Value = value;
    }

    public string Name { get; }

    /// <summary>Null when the global is one <see cref="Value"/>.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Fields { get; }

    public JsonElement Value { get; }
}
