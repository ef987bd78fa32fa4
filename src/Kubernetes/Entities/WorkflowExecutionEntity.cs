using Bulkhead.Api.Resources;
using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Entities.Attributes;

namespace Bulkhead.Kubernetes.Entities;

/// <summary>One run of a workflow.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = "WorkflowExecution", PluralName = "workflowexecutions")]
[KubernetesEntityShortNames("wfx")]
public sealed class WorkflowExecutionEntity : CustomKubernetesEntity, ISpec<WorkflowExecutionSpec>, IStatus<WorkflowExecutionStatus?>
{
    public WorkflowExecutionSpec Spec { get; set; } = null!;

    /// <summary>Null until somebody writes it.</summary>
    public WorkflowExecutionStatus? Status { get; set; }
}
