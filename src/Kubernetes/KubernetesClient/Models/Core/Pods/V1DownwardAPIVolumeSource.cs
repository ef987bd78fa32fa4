#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>DownwardAPIVolumeSource</c> (core/v1).</summary>
public sealed record V1DownwardAPIVolumeSource : KubernetesModel
{
    [JsonPropertyName("defaultMode")]
    public int? DefaultMode { get; set; }

    [JsonPropertyName("items")]
    public IList<V1DownwardAPIVolumeFile> Items { get; set; }
}
