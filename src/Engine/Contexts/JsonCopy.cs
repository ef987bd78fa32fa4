using System.Buffers;
using System.Text.Json;

namespace Bulkhead.Engine.Contexts;

/// <summary>
/// JSON objects as values: every result owns its memory, so neither the giver's nor a parent's object is reachable from it.
/// </summary>
internal static class JsonCopy
{
    public static JsonElement Empty => Merge(null, null);

    /// <summary>A copy of <paramref name="first"/> with the keys of <paramref name="second"/> and <paramref name="texts"/> laid over it.</summary>
    public static JsonElement Merge(JsonElement? first, JsonElement? second, params IEnumerable<KeyValuePair<string, object>> texts)
    {
        var members = new Dictionary<string, object>(StringComparer.Ordinal);
        Add(first, members);
        Add(second, members);
        foreach (var (key, value) in texts) members[key] = value;

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) Write(json, members);
        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = int.MaxValue });
        return JsonElement.ParseValue(ref reader);
    }

    private static void Add(JsonElement? source, Dictionary<string, object> members)
    {
        if (source is not { ValueKind: JsonValueKind.Object } value) return;
        foreach (var property in value.EnumerateObject()) members[property.Name] = property.Value;
    }

    private static void Write(Utf8JsonWriter json, Dictionary<string, object> members)
    {
        json.WriteStartObject();
        foreach (var (key, value) in members)
        {
            json.WritePropertyName(key);
            if (value is JsonElement element) element.WriteTo(json);
            else if (value is int number) json.WriteNumberValue(number);
            else json.WriteStringValue((string)value);
        }

        json.WriteEndObject();
    }
}
