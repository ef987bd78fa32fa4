#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>ContainerState</c> (core/v1).</summary>
public sealed record V1ContainerState : KubernetesModel
{
    [JsonPropertyName("running")]
    public V1ContainerStateRunning Running { get; set; }

    [JsonPropertyName("terminated")]
    public V1ContainerStateTerminated Terminated { get; set; }

    [JsonPropertyName("waiting")]
    public V1ContainerStateWaiting Waiting { get; set; }
}
