using System.Collections.Frozen;
using System.Text.Json;
using Bulkhead.Api.Problems;

namespace Bulkhead.Engine.Contexts;

/// <summary>What a context's two JSON objects may hold: none of the context's own fields, and nothing of another user. Pure.</summary>
internal static class MetadataRules
{
    private static readonly FrozenSet<string> ReservedKeys = new[]
    {
        "user_id", "thread_id", "run_id", "request_id", "created_at", "db_session", "websocket_client_id",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static void Check(string field, JsonElement? metadata, string? userId, List<Problem> faults)
    {
        if (metadata is not { ValueKind: not JsonValueKind.Undefined } value) return;
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(ContextRules.Fault("TYPE_INVALID", field, $"Field '{field}' must be a JSON object, not {Kind(value)}."));
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            if (ReservedKeys.Contains(property.Name))
            {
                faults.Add(ContextRules.Fault("RESERVED_KEY", $"{field}.{property.Name}",
                    $"Field '{field}' contains the reserved key '{property.Name}', which the context itself holds."));
            }
            else if (NamesAnotherUser(property.Value, userId))
            {
                faults.Add(ContextRules.Fault("ISOLATION_VIOLATED", $"{field}.{property.Name}",
                    $"Field '{field}' holds data of another user under '{property.Name}'. This breaks the isolation of user contexts."));
            }
        }
    }

    private static bool NamesAnotherUser(JsonElement root, string? userId)
    {
        var open = new Stack<JsonElement>([root]);
        while (open.TryPop(out var element))
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray()) open.Push(item);
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in element.EnumerateObject())
                {
                    if (property.NameEquals("user_id") && !IsUser(property.Value, userId)) return true;
                    open.Push(property.Value);
                }
            }
        }

        return false;
    }

    private static bool IsUser(JsonElement value, string? userId) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals(userId));

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
