using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using k8s.Models;

namespace k8s;

/// <summary>Bodies of requests.</summary>
internal static class ApiContent
{
    public static HttpContent? From(object? body) => body switch
    {
        null => null,
        V1Patch patch => Create(Bytes(patch.Content), PatchMediaType(patch.Type)),
        _ => Create(Bytes(body), "application/json"),
    };

    private static byte[] Bytes(object content) => content is string text
        ? Encoding.UTF8.GetBytes(text)
        : JsonSerializer.SerializeToUtf8Bytes(content, content.GetType(), KubernetesJson.Options);

    private static ByteArrayContent Create(byte[] bytes, string mediaType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }

    private static string PatchMediaType(V1Patch.PatchType type) => type switch
    {
        V1Patch.PatchType.JsonPatch => "application/json-patch+json",
        V1Patch.PatchType.MergePatch => "application/merge-patch+json",
        V1Patch.PatchType.StrategicMergePatch => "application/strategic-merge-patch+json",
        V1Patch.PatchType.ApplyPatch => "application/apply-patch+yaml",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a kind of patch"),
    };
}
