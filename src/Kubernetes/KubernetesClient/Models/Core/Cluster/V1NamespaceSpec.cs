#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NamespaceSpec</c> (core/v1).</summary>
public sealed record V1NamespaceSpec : KubernetesModel
{
    [JsonPropertyName("finalizers")]
    public IList<string> Finalizers { get; set; }
}
