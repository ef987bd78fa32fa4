#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>JobStatus</c> (batch/v1).</summary>
public sealed record V1JobStatus : KubernetesModel
{
    [JsonPropertyName("active")]
    public int? Active { get; set; }

    [JsonPropertyName("completionTime")]
    public DateTime? CompletionTime { get; set; }

    [JsonPropertyName("conditions")]
    public IList<V1JobCondition> Conditions { get; set; }

    [JsonPropertyName("failed")]
    public int? Failed { get; set; }

    [JsonPropertyName("startTime")]
    public DateTime? StartTime { get; set; }

    [JsonPropertyName("succeeded")]
    public int? Succeeded { get; set; }
}
