#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>SelfSubjectAccessReviewSpec</c> (authorization/v1).</summary>
public sealed record V1SelfSubjectAccessReviewSpec : KubernetesModel
{
    [JsonPropertyName("nonResourceAttributes")]
    public V1NonResourceAttributes NonResourceAttributes { get; set; }

    [JsonPropertyName("resourceAttributes")]
    public V1ResourceAttributes ResourceAttributes { get; set; }
}
