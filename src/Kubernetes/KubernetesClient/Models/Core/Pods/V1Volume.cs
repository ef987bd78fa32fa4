#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>Volume</c> (core/v1).</summary>
public sealed record V1Volume : KubernetesModel
{
    [JsonPropertyName("configMap")]
    public V1ConfigMapVolumeSource ConfigMap { get; set; }

    [JsonPropertyName("downwardAPI")]
    public V1DownwardAPIVolumeSource DownwardAPI { get; set; }

    [JsonPropertyName("emptyDir")]
    public V1EmptyDirVolumeSource EmptyDir { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("projected")]
    public V1ProjectedVolumeSource Projected { get; set; }

    [JsonPropertyName("secret")]
    public V1SecretVolumeSource Secret { get; set; }
}
