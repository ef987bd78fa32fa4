using System.Buffers;
using System.Text.Json;

namespace Bulkhead.Engine.Redaction;

/// <summary>
/// The one rule by which JSON leaves for a person's eyes: the value of a key that contains <c>password, secret, key, token, auth</c>
/// or <c>credential</c> (any case) becomes <c>"[REDACTED]"</c>, whatever it was. Pure.
/// </summary>
public static class Redactor
{
    public const string Mark = "[REDACTED]";

    /// <summary>Characters of a string that <see cref="ForEvent"/> lets through.</summary>
    public const int MaxText = 500;

    /// <summary>Items of a list that <see cref="ForEvent"/> lets through.</summary>
    public const int MaxItems = 10;

    /// <summary>Levels of nesting that <see cref="ForEvent"/> lets through; deeper values become null.</summary>
    public const int MaxDepth = 32;

    private static readonly string[] SecretWords = ["password", "secret", "key", "token", "auth", "credential"];

    public static bool IsSecret(string key) => SecretWords.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>A copy with secrets masked and everything else whole: for results.</summary>
    public static JsonElement Mask(JsonElement value) => Copy(value, cut: false);

    /// <summary>A copy with secrets masked, strings cut at 500 characters and lists at 10 items: for events and logs.</summary>
    public static JsonElement ForEvent(JsonElement value) => Copy(value, cut: true);

    /// <summary>At most 500 characters; never half of a surrogate pair.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= MaxText) return text;
        return text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)];
    }

    private static JsonElement Copy(JsonElement value, bool cut)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return value;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) Write(json, value, cut, depth: 0);
        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = int.MaxValue });
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, bool cut, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when cut && depth >= MaxDepth:
                json.WriteNullValue();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    if (IsSecret(property.Name)) json.WriteStringValue(Mark);
                    else Write(json, property.Value, cut, depth + 1);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray().Take(cut ? MaxItems : int.MaxValue)) Write(json, item, cut, depth + 1);
                json.WriteEndArray();
                break;
            case JsonValueKind.String when cut:
                json.WriteStringValue(Cut(value.GetString()!));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
