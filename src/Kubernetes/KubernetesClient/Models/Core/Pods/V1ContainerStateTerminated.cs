#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>ContainerStateTerminated</c> (core/v1).</summary>
public sealed record V1ContainerStateTerminated : KubernetesModel
{
    [JsonPropertyName("containerID")]
    public string ContainerID { get; set; }

    [JsonPropertyName("exitCode")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int ExitCode { get; set; }

    [JsonPropertyName("finishedAt")]
    public DateTime? FinishedAt { get; set; }

    [JsonPropertyName("message")]
    public string Message { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }

    [JsonPropertyName("signal")]
    public int? Signal { get; set; }

    [JsonPropertyName("startedAt")]
    public DateTime? StartedAt { get; set; }
}
