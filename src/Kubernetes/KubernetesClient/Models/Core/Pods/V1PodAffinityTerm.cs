#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>PodAffinityTerm</c> (core/v1).</summary>
public sealed record V1PodAffinityTerm : KubernetesModel
{
    [JsonPropertyName("labelSelector")]
    public V1LabelSelector LabelSelector { get; set; }

    [JsonPropertyName("namespaces")]
    public IList<string> Namespaces { get; set; }

    [JsonPropertyName("topologyKey")]
    public string TopologyKey { get; set; }
}
