using System.Text.Json;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Loading;

/// <summary>Compares initial values with <c>state_schema</c>; a difference is a warning, an unknown type is accepted.</summary>
internal static class StateSchema
{
    public static void Check(Fields fields, IReadOnlyDictionary<string, JsonElement> initial)
    {
        if (fields.Map("state_schema") is not { } schema) return;
        foreach (var (name, _, type) in schema.Fields)
        {
            if (fields.Findings.Warnings.IsFull) return;
            if (type.Kind != SourceKind.Text || !initial.TryGetValue(name, out var value) || Fits(value, type.Scalar)) continue;
            var at = fields.Source.Find("initial_state")!.Find(name)!;
            fields.Findings.Warnings.Add(
                "STATE_TYPE", $"the initial value of '{Quoted.Short(name)}' is no {Quoted.Short(type.Scalar)}, as state_schema says", at);
        }
    }

    private static bool Fits(JsonElement value, string type) => value.ValueKind == JsonValueKind.Null || type switch
    {
        "int" or "integer" => value.ValueKind == JsonValueKind.Number && !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E'),
        "float" or "number" => value.ValueKind == JsonValueKind.Number,
        "str" or "string" => value.ValueKind == JsonValueKind.String,
        "bool" or "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "list" or "array" => value.ValueKind == JsonValueKind.Array,
        "dict" or "object" or "map" => value.ValueKind == JsonValueKind.Object,
        _ => true,
    };
}
