#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>PreferredSchedulingTerm</c> (core/v1).</summary>
public sealed record V1PreferredSchedulingTerm : KubernetesModel
{
    [JsonPropertyName("preference")]
    public V1NodeSelectorTerm Preference { get; set; }

    [JsonPropertyName("weight")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Weight { get; set; }
}
