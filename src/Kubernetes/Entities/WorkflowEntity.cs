using Bulkhead.Api.Resources;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Entities.Attributes;

namespace Bulkhead.Kubernetes.Entities;

/// <summary>A workflow document that executions refer to.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = "Workflow", PluralName = "workflows")]
[KubernetesEntityShortNames("wfl")]
public sealed class WorkflowEntity : CustomKubernetesEntity, ISpec<WorkflowSpec>, IStatus<WorkflowStatus?>
{
    public WorkflowSpec Spec { get; set; } = null!;

    /// <summary>Null until somebody writes it.</summary>
    public WorkflowStatus? Status { get; set; }
}
