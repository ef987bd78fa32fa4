using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bulkhead.Engine.Data;

/// <summary>Builds immutable JSON values.</summary>
internal static class Json
{
    /// <summary>Characters that JSON text cannot hold as they are.</summary>
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c), '"', '\\', (char)127]);

    /// <summary>A value of 64 levels stays readable inside the results of nested sections.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    public static JsonElement Null { get; } = JsonElement.Parse("null"u8);

    public static JsonElement EmptyObject { get; } = JsonElement.Parse("{}"u8);

    private static JsonElement True { get; } = JsonElement.Parse("true"u8);

    private static JsonElement False { get; } = JsonElement.Parse("false"u8);

    public static JsonElement Of(string? value)
    {
        if (value is null) return Null;
        Span<byte> text = stackalloc byte[128];
        if (value.Length > text.Length - 2 || !Ascii.IsValid(value) || value.AsSpan().ContainsAny(Escaped)) return Write(w => w.WriteStringValue(value));
        text[0] = text[value.Length + 1] = (byte)'"';
        Ascii.FromUtf16(value, text[1..], out _);
        return JsonElement.Parse(text[..(value.Length + 2)]);
    }

    public static JsonElement Of(double value)
    {
        Span<byte> text = stackalloc byte[40];
        return double.IsFinite(value) && value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture)
            ? JsonElement.Parse(text[..length])
            : Write(w => w.WriteNumberValue(value));
    }

    public static JsonElement Of(long value)
    {
        Span<byte> text = stackalloc byte[24];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return JsonElement.Parse(text[..length]);
    }

    public static JsonElement Of(bool value) => value ? True : False;

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
