#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>Affinity</c> (core/v1).</summary>
public sealed record V1Affinity : KubernetesModel
{
    [JsonPropertyName("nodeAffinity")]
    public V1NodeAffinity NodeAffinity { get; set; }

    [JsonPropertyName("podAffinity")]
    public V1PodAffinity PodAffinity { get; set; }

    [JsonPropertyName("podAntiAffinity")]
    public V1PodAntiAffinity PodAntiAffinity { get; set; }
}
