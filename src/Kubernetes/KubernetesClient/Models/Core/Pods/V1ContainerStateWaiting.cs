#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>ContainerStateWaiting</c> (core/v1).</summary>
public sealed record V1ContainerStateWaiting : KubernetesModel
{
    [JsonPropertyName("message")]
    public string Message { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }
}
