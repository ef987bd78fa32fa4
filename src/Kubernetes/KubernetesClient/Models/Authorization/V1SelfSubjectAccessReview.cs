#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>SelfSubjectAccessReview</c> (authorization/v1).</summary>
[KubernetesEntity(Group = KubeGroup, Kind = KubeKind, ApiVersion = KubeApiVersion, PluralName = KubePluralName)]
public sealed record V1SelfSubjectAccessReview : KubernetesModel, IKubernetesObject<V1ObjectMeta>, ISpec<V1SelfSubjectAccessReviewSpec>, IStatus<V1SubjectAccessReviewStatus>
{
    public const string KubeApiVersion = "v1";
    public const string KubeKind = "SelfSubjectAccessReview";
    public const string KubeGroup = "authorization.k8s.io";
    public const string KubePluralName = "selfsubjectaccessreviews";

    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; }

    [JsonPropertyName("spec")]
    public V1SelfSubjectAccessReviewSpec Spec { get; set; }

    [JsonPropertyName("status")]
    public V1SubjectAccessReviewStatus Status { get; set; }
}
