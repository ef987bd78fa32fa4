using System.Text.Json.Nodes;
using NLua;

namespace Bulkhead.Chart.Tests.GitOps;

/// <summary>One of our own Lua scripts, run as Argo CD runs it: the object is the global <c>obj</c>, what it returns is the answer.</summary>
internal static class Script
{
    public static JsonNode? Run(string script, JsonNode obj)
    {
        using var lua = new NLua.Lua();
        lua.State.Encoding = System.Text.Encoding.UTF8;
        // Argo CD's Lua is 5.1, without what came later.
        lua.DoString("utf8, table.move, table.pack, table.unpack, string.pack, string.unpack, math.tointeger, math.type = nil");
        lua.DoString($"obj = {Literal(obj)}");
        return Json(lua.DoString(script)[0]);
    }

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        string text => JsonValue.Create(text),
        LuaTable table => table.Keys.Cast<object>().All(k => k is long) && table.Keys.Count > 0
            ? new JsonArray([.. table.Values.Cast<object>().Select(Json)])
            : new JsonObject(table.Keys.Cast<object>().Select(k => KeyValuePair.Create($"{k}", Json(table[k])))),
        _ => throw new InvalidDataException($"a script gave a {value.GetType()}"),
    };

    private static string Literal(JsonNode? node) => node switch
    {
        null => "nil",
        JsonObject map => $"{{{string.Join(",", map.Select(p => $"[{Quoted(p.Key)}]={Literal(p.Value)}"))}}}",
        JsonArray list => $"{{{string.Join(",", list.Select(Literal))}}}",
        JsonValue value when value.TryGetValue(out string? text) => Quoted(text),
        _ => node.ToJsonString(),
    };

    private static string Quoted(string text) => $"\"{string.Concat(text.Select(c => c is >= ' ' and <= '~' and not '"' and not '\\' ? $"{c}" : string.Concat(System.Text.Encoding.UTF8.GetBytes($"{c}").Select(b => $"\\{b:000}"))))}\"";
}
