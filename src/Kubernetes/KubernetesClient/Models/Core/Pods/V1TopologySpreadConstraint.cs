#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>TopologySpreadConstraint</c> (core/v1).</summary>
public sealed record V1TopologySpreadConstraint : KubernetesModel
{
    [JsonPropertyName("labelSelector")]
    public V1LabelSelector LabelSelector { get; set; }

    [JsonPropertyName("maxSkew")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int MaxSkew { get; set; }

    [JsonPropertyName("topologyKey")]
    public string TopologyKey { get; set; }

    [JsonPropertyName("whenUnsatisfiable")]
    public string WhenUnsatisfiable { get; set; }
}
