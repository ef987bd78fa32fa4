using System.Collections.Frozen;
using System.Text.Json;

namespace Bulkhead.Api.Workflows;

/// <summary>JSON objects as immutable name-to-value maps.</summary>
public static class JsonFields
{
    public static IReadOnlyDictionary<string, JsonElement> Empty { get; } = FrozenDictionary<string, JsonElement>.Empty;
}
