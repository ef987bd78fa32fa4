using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace Bulkhead.Cli.Cluster.Doctor;

/// <summary>The API's SubjectAccessReview: whether somebody may do something.</summary>
[KubernetesEntity(Group = "authorization.k8s.io", ApiVersion = "v1", Kind = "SubjectAccessReview", PluralName = "subjectaccessreviews")]
internal sealed class AccessReview : CustomKubernetesEntity
{
    public AccessReviewSpec Spec { get; set; } = new();

    public V1SubjectAccessReviewStatus? Status { get; set; }
}

internal sealed record AccessReviewSpec
{
    public string? User { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }

    public V1ResourceAttributes? ResourceAttributes { get; init; }
}
