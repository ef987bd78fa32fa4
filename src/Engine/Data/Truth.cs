using System.Collections.Frozen;
using System.Text.Json;

namespace Bulkhead.Engine.Data;

/// <summary>What counts as true in a condition: not false, nil, 0, "", "false", "0", "no" or "none" (any case).</summary>
internal static class Truth
{
    private static readonly FrozenSet<string> FalseTexts =
        new[] { "", "false", "0", "no", "none" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Of(JsonElement? value) => value is { } v && v.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String => !FalseTexts.Contains(v.GetString()!),
        JsonValueKind.Number => v.GetDouble() != 0,
        _ => true,
    };
}
