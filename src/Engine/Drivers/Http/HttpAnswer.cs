using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Bulkhead.Engine.Drivers.Http;

/// <summary>
/// An answer as JSON: <c>{"status":200,"ok":true,"headers":{..},"body":..}</c>. A JSON body is native, other text is text, anything else
/// base64 with <c>"encoding":"base64"</c>. Header names are lower case.
/// </summary>
internal static class HttpAnswer
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        byte[] body = await BodyAsync(response, maxBytes, cancellationToken);
        return Write(response, body);
    }

    /// <summary>Whether the body is a stream of server-sent events.</summary>
    public static bool IsEventStream(HttpResponseMessage response) =>
        response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "text/event-stream";

    /// <summary>Gives the events to their taker while they arrive; the answer itself has an empty body.</summary>
    public static async Task<JsonElement> ListenAsync(
        HttpResponseMessage response, Func<string, bool> take, int maxBytes, Action alive, CancellationToken cancellationToken)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await new EventStream(take).ReadAsync(stream, maxBytes, alive, cancellationToken);
        return Write(response, []);
    }

    private static JsonElement Write(HttpResponseMessage response, byte[] body)
    {
        var buffer = new ArrayBufferWriter<byte>(body.Length + 256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("status", (int)response.StatusCode);
            json.WriteBoolean("ok", response.IsSuccessStatusCode);
            json.WriteStartObject("headers");
            foreach (IGrouping<string, string> header in Headers(response))
            {
                json.WriteString(header.Key, string.Join(", ", header));
            }

            json.WriteEndObject();
            WriteBody(json, body, response.Content.Headers.ContentType?.MediaType ?? "");
            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>Whether the same request may succeed a little later.</summary>
    public static bool IsPassing(HttpStatusCode status) => status is
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static IEnumerable<IGrouping<string, string>> Headers(HttpResponseMessage response) => response.Headers
        .Concat(response.Content.Headers)
        .Where(h => !h.Key.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
        .SelectMany(h => h.Value.Select(v => (Key: h.Key.ToLowerInvariant(), Value: v)))
        .GroupBy(h => h.Key, h => h.Value, StringComparer.Ordinal);

    private static async Task<byte[]> BodyAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        byte[] piece = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(piece, cancellationToken)) > 0)
        {
            if (body.Length + read > maxBytes)
            {
                throw new NodeFailureException(
                    "HttpError",
                    $"The answer has more than {maxBytes} bytes, the limit of this connection (maxBytes).",
                    retryable: false);
            }

            body.Write(piece, 0, read);
        }

        return body.ToArray();
    }

    private static void WriteBody(Utf8JsonWriter json, byte[] body, string mediaType)
    {
        bool isJson = mediaType == "application/json" || mediaType.EndsWith("+json", StringComparison.Ordinal);
        if (isJson && body.Length > 0 && TryParse(body, out JsonElement value))
        {
            json.WritePropertyName("body");
            value.WriteTo(json);
            return;
        }

        try
        {
            json.WriteString("body", Strict.GetString(body));
        }
        catch (DecoderFallbackException)
        {
            json.WriteBase64String("body", body);
            json.WriteString("encoding", "base64");
        }
    }

    private static bool TryParse(byte[] body, out JsonElement value)
    {
        try
        {
            value = JsonElement.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}
