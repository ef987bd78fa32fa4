#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>VolumeMount</c> (core/v1).</summary>
public sealed record V1VolumeMount : KubernetesModel
{
    [JsonPropertyName("mountPath")]
    public string MountPath { get; set; }

    [JsonPropertyName("mountPropagation")]
    public string MountPropagation { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("readOnly")]
    public bool? ReadOnlyProperty { get; set; }

    [JsonPropertyName("subPath")]
    public string SubPath { get; set; }

    [JsonPropertyName("subPathExpr")]
    public string SubPathExpr { get; set; }
}
