using System.Runtime.InteropServices;
using System.Text.Json;

namespace Bulkhead.Operator.Executions;

/// <summary>How deep lists and mappings lie inside each other; counted without recursion, for nobody has bounded it yet.</summary>
internal static class JsonDepth
{
    /// <returns>0 for a scalar, 1 for an empty mapping.</returns>
    public static int Of(JsonElement value)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(value), new JsonReaderOptions { MaxDepth = int.MaxValue });
        var deepest = 0;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) deepest = Math.Max(deepest, reader.CurrentDepth + 1);
        }

        return deepest;
    }
}
