#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>SubjectAccessReviewStatus</c> (authorization/v1).</summary>
public sealed record V1SubjectAccessReviewStatus : KubernetesModel
{
    [JsonPropertyName("allowed")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Allowed { get; set; }

    [JsonPropertyName("denied")]
    public bool? Denied { get; set; }

    [JsonPropertyName("evaluationError")]
    public string EvaluationError { get; set; }

    [JsonPropertyName("reason")]
    public string Reason { get; set; }
}
