#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NamespaceStatus</c> (core/v1).</summary>
public sealed record V1NamespaceStatus : KubernetesModel
{
    [JsonPropertyName("conditions")]
    public IList<V1NamespaceCondition> Conditions { get; set; }

    [JsonPropertyName("phase")]
    public string Phase { get; set; }
}
