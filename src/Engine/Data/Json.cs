using System.Buffers;
using System.Text.Json;

namespace Bulkhead.Engine.Data;

/// <summary>Builds immutable JSON values.</summary>
internal static class Json
{
    /// <summary>A value of 64 levels stays readable inside the results of nested sections.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    public static JsonElement Null { get; } = JsonElement.Parse("null"u8);

    public static JsonElement EmptyObject { get; } = JsonElement.Parse("{}"u8);

    public static JsonElement Of(string? value) => Write(w => w.WriteStringValue(value));

    public static JsonElement Of(double value) => Write(w => w.WriteNumberValue(value));

    public static JsonElement Of(long value) => Write(w => w.WriteNumberValue(value));

    public static JsonElement Of(bool value) => Write(w => w.WriteBooleanValue(value));

    public static JsonElement Array(IEnumerable<JsonElement> items) => Write(w =>
    {
        w.WriteStartArray();
        foreach (var item in items) item.WriteTo(w);
        w.WriteEndArray();
    });

    public static JsonElement Object(IEnumerable<KeyValuePair<string, JsonElement>> fields) => Write(w =>
    {
        w.WriteStartObject();
        foreach (var (name, value) in fields)
        {
            w.WritePropertyName(name);
            value.WriteTo(w);
        }

        w.WriteEndObject();
    });

    /// <summary>The fields of an object; empty for anything else.</summary>
    public static IEnumerable<KeyValuePair<string, JsonElement>> Fields(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value)) : [];

    /// <summary>Text as templates and messages show it: strings bare, everything else as JSON.</summary>
    public static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    public static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return JsonElement.Parse(buffer.WrittenSpan, Deep);
    }
}
