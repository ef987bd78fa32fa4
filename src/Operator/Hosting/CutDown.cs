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

    /// <summary>A pod event only wakes its execution.</summary>
    public static V1Pod Pod(V1Pod pod)
    {
        pod.Spec = null;
        pod.Status = null;
        return pod;
    }
}
