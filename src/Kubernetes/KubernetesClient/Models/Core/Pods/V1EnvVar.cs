#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>EnvVar</c> (core/v1).</summary>
public sealed record V1EnvVar : KubernetesModel
{
    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("value")]
    public string Value { get; set; }

    [JsonPropertyName("valueFrom")]
    public V1EnvVarSource ValueFrom { get; set; }
}
