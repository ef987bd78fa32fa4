#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>DownwardAPIVolumeFile</c> (core/v1).</summary>
public sealed record V1DownwardAPIVolumeFile : KubernetesModel
{
    [JsonPropertyName("fieldRef")]
    public V1ObjectFieldSelector FieldRef { get; set; }

    [JsonPropertyName("mode")]
    public int? Mode { get; set; }

    [JsonPropertyName("path")]
    public string Path { get; set; }
}
