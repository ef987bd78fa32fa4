#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>ObjectFieldSelector</c> (core/v1).</summary>
public sealed record V1ObjectFieldSelector : KubernetesModel
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("fieldPath")]
    public string FieldPath { get; set; }
}
