#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>VolumeProjection</c> (core/v1).</summary>
public sealed record V1VolumeProjection : KubernetesModel
{
    [JsonPropertyName("configMap")]
    public V1ConfigMapProjection ConfigMap { get; set; }

    [JsonPropertyName("secret")]
    public V1SecretProjection Secret { get; set; }
}
