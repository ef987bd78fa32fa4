#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>ProjectedVolumeSource</c> (core/v1).</summary>
public sealed record V1ProjectedVolumeSource : KubernetesModel
{
    [JsonPropertyName("defaultMode")]
    public int? DefaultMode { get; set; }

    [JsonPropertyName("sources")]
    public IList<V1VolumeProjection> Sources { get; set; }
}
