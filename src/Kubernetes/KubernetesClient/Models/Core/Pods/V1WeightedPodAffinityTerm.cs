#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>WeightedPodAffinityTerm</c> (core/v1).</summary>
public sealed record V1WeightedPodAffinityTerm : KubernetesModel
{
    [JsonPropertyName("podAffinityTerm")]
    public V1PodAffinityTerm PodAffinityTerm { get; set; }

    [JsonPropertyName("weight")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Weight { get; set; }
}
