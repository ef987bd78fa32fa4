using System.Text;
using System.Text.Json;
using Bulkhead.Api.Templates;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scripting;

/// <summary>Renders the <c>{{ expression }}</c> holes of a JSON value: all of them in one run of the branch's VM.</summary>
internal static class Templates
{
    public static async Task<NodeOutcome> RenderAsync(Run run, Branch branch, string node, JsonElement template, TimeLimit limit)
    {
        if (template.ValueKind == JsonValueKind.Undefined) return NodeOutcome.Of((JsonElement?)null);
        var holes = new Dictionary<string, int>(StringComparer.Ordinal);
        Collect(run, template, holes);
        if (holes.Count == 0) return NodeOutcome.Of(template);

        var values = await Script.RunAsync(run, branch, node, new LuaScript(node, ScriptOf(holes)), limit);
        return values.Failed ? values : NodeOutcome.Of(Fill(run, template, lua => values.Value!.Value[holes[lua]]));
    }

    /// <summary>One list with the value of each hole; nil becomes null, so that the list has no gaps.</summary>
    private static string ScriptOf(Dictionary<string, int> holes)
    {
        var script = new StringBuilder("local values, v = {}\n");
        foreach (var (lua, index) in holes) script.Append($"v = ({lua}\n) if v == nil then v = null end values[{index + 1}] = v\n");
        return script.Append("return values").ToString();
    }

    private static void Collect(Run run, JsonElement value, Dictionary<string, int> holes)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when HasHole(value.GetString()!):
                foreach (var part in run.Compiled.Template(value.GetString()!).Parts)
                {
                    if (part.Expression is { } expression) holes.TryAdd(expression.Lua, holes.Count);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Collect(run, item, holes);
                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject()) Collect(run, property.Value, holes);
                break;
        }
    }

    private static JsonElement Fill(Run run, JsonElement value, Func<string, JsonElement> valueOf) => value.ValueKind switch
    {
        JsonValueKind.String when HasHole(value.GetString()!) => Fill(run.Compiled.Template(value.GetString()!), valueOf),
        JsonValueKind.Array => Json.Array(value.EnumerateArray().Select(item => Fill(run, item, valueOf))),
        JsonValueKind.Object => Json.Object(value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Fill(run, p.Value, valueOf)))),
        _ => value,
    };

    private static JsonElement Fill(Template template, Func<string, JsonElement> valueOf) => template.Lone is { } lone
        ? valueOf(lone.Lua)
        : Json.Of(string.Concat(template.Parts.Select(p => p.Expression is { } hole ? TextOf(valueOf(hole.Lua)) : p.Text)));

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.Null ? "" : Json.Text(value);

    private static bool HasHole(string text) => text.Contains("{{", StringComparison.Ordinal);
}
