#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>EnvVarSource</c> (core/v1).</summary>
public sealed record V1EnvVarSource : KubernetesModel
{
    [JsonPropertyName("configMapKeyRef")]
    public V1ConfigMapKeySelector ConfigMapKeyRef { get; set; }

    [JsonPropertyName("fieldRef")]
    public V1ObjectFieldSelector FieldRef { get; set; }

    [JsonPropertyName("secretKeyRef")]
    public V1SecretKeySelector SecretKeyRef { get; set; }
}
