#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>KeyToPath</c> (core/v1).</summary>
public sealed record V1KeyToPath : KubernetesModel
{
    [JsonPropertyName("key")]
    public string Key { get; set; }

    [JsonPropertyName("mode")]
    public int? Mode { get; set; }

    [JsonPropertyName("path")]
    public string Path { get; set; }
}
