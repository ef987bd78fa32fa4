using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Drivers.Http;

/// <summary>
/// One request as a node asks for it: <c>{"method":"GET","path":"/x","query":{..},"headers":{..},"json":..,"body":"..","fail_on_status":true}</c>.
/// It can be sent several times. The path is joined to the base URL and cannot leave it.
/// </summary>
internal sealed record HttpRequest(HttpMethod Method, Uri Url, JsonElement Headers, string? Body, bool BodyIsJson, bool FailOnStatus)
{
    private static readonly string[] Fields = ["method", "path", "query", "headers", "json", "body", "fail_on_status"];
    private static readonly string[] Ours = ["authorization", "host", "content-length", "transfer-encoding", "x-bulkhead-owner"];

    /// <summary>Source: RFC 9110, 9.2.2 Idempotent Methods.</summary>
    public bool IsIdempotent => Method.Method is "GET" or "HEAD" or "OPTIONS" or "PUT" or "DELETE" or "TRACE";

    /// <summary>For messages: without the query, which may hold what is nobody's business.</summary>
    public string Name => $"{Method} {Url.AbsolutePath}";

    public static HttpRequest Read(JsonElement arguments, HttpOptions options) =>
        Read(arguments, options, () => Join(options.BaseUrl, Text(arguments, "path") ?? "/", arguments));

    /// <summary>A request to this URL, whose query the arguments extend.</summary>
    public static HttpRequest ReadAt(Uri url, JsonElement arguments, HttpOptions options) => Read(arguments, options, () => WithQuery(new UriBuilder(url), arguments).Uri);

    private static HttpRequest Read(JsonElement arguments, HttpOptions options, Func<Uri> url)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            throw Fault("A request is an object with method and path.");
        }

        if (arguments.EnumerateObject().FirstOrDefault(f => !Fields.Contains(f.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw Fault($"A request has no field '{unknown.Name}', only {string.Join(", ", Fields)}.");
        }

        string method = Text(arguments, "method") ?? "GET";
        bool isJson = arguments.TryGetProperty("json", out JsonElement json) && json.ValueKind != JsonValueKind.Undefined;
        JsonElement headers = arguments.TryGetProperty("headers", out JsonElement given) && given.ValueKind == JsonValueKind.Object ? given : default;
        CheckHeaders(headers, options);
        return new HttpRequest(
            HttpMethod.Parse(method.ToUpperInvariant()),
            url(),
            headers,
            isJson ? json.GetRawText() : Text(arguments, "body"),
            isJson,
            !arguments.TryGetProperty("fail_on_status", out JsonElement fail) || fail.ValueKind != JsonValueKind.False);
    }

    public HttpRequestMessage Message(Uri url)
    {
        var message = new HttpRequestMessage(Method, url);
        if (Body is not null)
        {
            message.Content = new StringContent(Body, Encoding.UTF8, BodyIsJson ? "application/json" : "text/plain");
        }

        if (Headers.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty header in Headers.EnumerateObject())
            {
                Add(message, header.Name, Plain(header.Value));
            }
        }

        return message;
    }

    private static void Add(HttpRequestMessage message, string name, string value)
    {
        if (name.Equals("content-type", StringComparison.OrdinalIgnoreCase) && message.Content is { } content)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.TryParse(value, out MediaTypeHeaderValue? type)
                ? type : throw Fault("The header content-type is not a media type.");
        }
        else if (value.AsSpan().ContainsAny('\r', '\n') || !message.Headers.TryAddWithoutValidation(name, value))
        {
            throw Fault($"The header '{name}' cannot be sent.");
        }
    }

    private static void CheckHeaders(JsonElement headers, HttpOptions options)
    {
        if (headers.ValueKind == JsonValueKind.Object
            && headers.EnumerateObject().Select(h => h.Name).FirstOrDefault(n =>
                Ours.Contains(n.ToLowerInvariant()) || n.Equals(options.ApiKeyHeader, StringComparison.OrdinalIgnoreCase)) is { } ours)
        {
            throw Fault($"The header '{ours}' is the connection's own.");
        }
    }

    private static Uri Join(Uri baseUrl, string path, JsonElement arguments)
    {
        if (path.Contains("://", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal))
        {
            throw Fault("The path must be relative to the connection's base URL.");
        }

        string root = baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var url = WithQuery(new UriBuilder($"{root}/{path.TrimStart('/')}"), arguments);
        string rootPath = baseUrl.AbsolutePath.TrimEnd('/') + "/";
        return (url.Uri.AbsolutePath + "/").StartsWith(rootPath, StringComparison.Ordinal) && HttpOrigin.Same(url.Uri, baseUrl)
            ? url.Uri
            : throw Fault("The path must stay below the connection's base URL.");
    }

    private static UriBuilder WithQuery(UriBuilder url, JsonElement arguments)
    {
        if (arguments.TryGetProperty("query", out JsonElement query) && query.ValueKind == JsonValueKind.Object)
        {
            string pairs = string.Join('&', query.EnumerateObject().Select(
                p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(Plain(p.Value))}"));
            url.Query = url.Query.Length > 1 ? $"{url.Query}&{pairs}" : pairs;
        }

        return url;
    }

    /// <summary>As JSON writes it (<c>true</c>, not <c>True</c>); null is the empty text.</summary>
    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.Null ? "" : Json.Text(value);

    private static string? Text(JsonElement arguments, string field) =>
        arguments.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static NodeFailureException Fault(string message) => new("HttpError", message, retryable: false);
}
