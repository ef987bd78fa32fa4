using Bulkhead.Api.Resources;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Entities.Attributes;

namespace Bulkhead.Kubernetes.Entities;

/// <summary>Who owns which namespaces, and what their executions may use.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = "Tenant", PluralName = "tenants")]
[KubernetesEntityShortNames("wft")]
[EntityScope(EntityScope.Cluster)]
public sealed class TenantEntity : CustomKubernetesEntity, ISpec<TenantSpec>, IStatus<TenantStatus?>
{
    public TenantSpec Spec { get; set; } = null!;

    /// <summary>Null until somebody writes it.</summary>
    public TenantStatus? Status { get; set; }
}
