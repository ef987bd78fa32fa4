using System.Text.Json;
using k8s.Autorest;
using k8s.Models;

namespace k8s;

/// <summary>A refused request as an exception that says what the server said.</summary>
internal static class ApiErrors
{
    private const int MaxBody = 64 * 1024;

    public static async Task<HttpOperationException> ReadAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        if (text.Length > MaxBody)
            text = text[..MaxBody];
        var status = Status(text);
        var path = request.RequestUri?.AbsolutePath;
        return new($"{request.Method} {path}: {(int)response.StatusCode} {status?.Message ?? response.ReasonPhrase}")
        {
            Request = new(request, ""),
            Response = new(response, text),
            Body = status,
        };
    }

    private static V1Status? Status(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<V1Status>(text, KubernetesJson.Options) is { Kind: "Status" } status ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
