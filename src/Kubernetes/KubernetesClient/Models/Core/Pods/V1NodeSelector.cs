#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NodeSelector</c> (core/v1).</summary>
public sealed record V1NodeSelector : KubernetesModel
{
    [JsonPropertyName("nodeSelectorTerms")]
    public IList<V1NodeSelectorTerm> NodeSelectorTerms { get; set; }
}
