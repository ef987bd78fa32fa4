using Bulkhead.Api.Resources;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Entities.Attributes;

namespace Bulkhead.Kubernetes.Entities;

/// <summary>An external system that workflows of a namespace may use.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = "Connection", PluralName = "connections")]
[KubernetesEntityShortNames("wfc")]
public sealed class ConnectionEntity : CustomKubernetesEntity, ISpec<ConnectionSpec>, IStatus<ConnectionStatus?>
{
    public ConnectionSpec Spec { get; set; } = null!;

    /// <summary>Null until somebody writes it.</summary>
    public ConnectionStatus? Status { get; set; }
}
