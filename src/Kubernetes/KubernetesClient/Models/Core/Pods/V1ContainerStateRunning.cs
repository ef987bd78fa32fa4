#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>ContainerStateRunning</c> (core/v1).</summary>
public sealed record V1ContainerStateRunning : KubernetesModel
{
    [JsonPropertyName("startedAt")]
    public DateTime? StartedAt { get; set; }
}
