using System.Runtime.InteropServices;
using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Engine.Nodes;

/// <summary>What the answer of a connection counts for.</summary>
internal static class Answers
{
    /// <summary>Its bytes as JSON, and the rows of a query (<c>row_count</c>).</summary>
    public static NodeUsage UsageOf(JsonElement answer) => new()
    {
        Rows = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("row_count", out var count) && count.TryGetInt64(out var rows) ? rows : 0,
        Bytes = JsonMarshal.GetRawUtf8Value(answer).Length,
    };
}
