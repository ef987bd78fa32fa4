using System.Text.Json;
using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace Bulkhead.Cli.Cluster.Doctor;

/// <summary>A Deployment, as far as it is looked at.</summary>
[KubernetesEntity(Group = "apps", ApiVersion = "v1", Kind = "Deployment", PluralName = "deployments")]
internal sealed class DeploymentObject : CustomKubernetesEntity
{
    public DeploymentSpec Spec { get; set; } = new();

    public DeploymentStatus Status { get; set; } = new();
}

internal sealed record DeploymentSpec
{
    public int? Replicas { get; init; }

    public V1PodTemplateSpec? Template { get; init; }
}

internal sealed record DeploymentStatus
{
    public int? ReadyReplicas { get; init; }
}
