#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NodeSelectorTerm</c> (core/v1).</summary>
public sealed record V1NodeSelectorTerm : KubernetesModel
{
    [JsonPropertyName("matchExpressions")]
    public IList<V1NodeSelectorRequirement> MatchExpressions { get; set; }

    [JsonPropertyName("matchFields")]
    public IList<V1NodeSelectorRequirement> MatchFields { get; set; }
}
