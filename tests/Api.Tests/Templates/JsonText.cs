using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bulkhead.Api.Tests.Templates;

internal static class JsonText
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON text with letters as they are.</summary>
    public static string Readable(this JsonElement value) => JsonSerializer.Serialize(value, Relaxed);
}
