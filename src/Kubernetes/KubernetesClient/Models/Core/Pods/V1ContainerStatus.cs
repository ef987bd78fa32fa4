#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>ContainerStatus</c> (core/v1).</summary>
public sealed record V1ContainerStatus : KubernetesModel
{
    [JsonPropertyName("containerID")]
    public string ContainerID { get; set; }

    [JsonPropertyName("image")]
    public string Image { get; set; }

    [JsonPropertyName("imageID")]
    public string ImageID { get; set; }

    [JsonPropertyName("lastState")]
    public V1ContainerState LastState { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("ready")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Ready { get; set; }

    [JsonPropertyName("restartCount")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int RestartCount { get; set; }

    [JsonPropertyName("started")]
    public bool? Started { get; set; }

    [JsonPropertyName("state")]
    public V1ContainerState State { get; set; }
}
