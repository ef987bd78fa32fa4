#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>EmptyDirVolumeSource</c> (core/v1).</summary>
public sealed record V1EmptyDirVolumeSource : KubernetesModel
{
    [JsonPropertyName("medium")]
    public string Medium { get; set; }

    [JsonPropertyName("sizeLimit")]
    public ResourceQuantity SizeLimit { get; set; }
}
