#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NodeAffinity</c> (core/v1).</summary>
public sealed record V1NodeAffinity : KubernetesModel
{
    [JsonPropertyName("preferredDuringSchedulingIgnoredDuringExecution")]
    public IList<V1PreferredSchedulingTerm> PreferredDuringSchedulingIgnoredDuringExecution { get; set; }

    [JsonPropertyName("requiredDuringSchedulingIgnoredDuringExecution")]
    public V1NodeSelector RequiredDuringSchedulingIgnoredDuringExecution { get; set; }
}
