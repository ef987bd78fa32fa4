using System.Text.Json;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Operator.Hosting;

/// <summary>What the cache need not hold: ten thousand documents of 256 KiB would be the end of the operator. A turn reads the object itself anyway.</summary>
internal static class CutDown
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    public static WorkflowExecutionEntity Execution(WorkflowExecutionEntity entity)
    {
        entity.Spec = entity.Spec with { Workflow = null, Inputs = null, PodTemplate = null };
        if (entity.Status is { } status) entity.Status = status with { Outputs = null, Nodes = null };
        return entity;
    }

    public static WorkflowEntity Workflow(WorkflowEntity entity)
    {
        entity.Spec = entity.Spec with { Workflow = Nothing };
        return entity;
    }

    /// <summary>A pod event only wakes its execution, where it shows something new (<see cref="Executions.Pods.PodNews"/>).</summary>
    public static V1Pod Pod(V1Pod pod)
    {
        pod.Spec = null;
        if (pod.Status is not { } status) return pod;
        pod.Status = new V1PodStatus
        {
            Phase = status.Phase,
            Reason = status.Reason,
            Conditions = status.Conditions?.Where(c => c.Type == "PodScheduled").Select(c => new V1PodCondition { Type = c.Type, Status = c.Status, Reason = c.Reason }).ToList(),
            ContainerStatuses = status.ContainerStatuses?.Select(Container).ToList(),
        };
        return pod;
    }

    private static V1ContainerStatus Container(V1ContainerStatus status)
    {
        if (status.State?.Terminated is { } end) end.Message = null;
        if (status.State?.Waiting is { } waits) waits.Message = null;
        return new V1ContainerStatus { Name = status.Name, State = status.State };
    }
}
