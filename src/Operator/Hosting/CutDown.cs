using System.Text.Json;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Pods;
using k8s.Models;

namespace Bulkhead.Operator.Hosting;

/// <summary>What the cache need not hold: ten thousand documents of 256 KiB would be the end of the operator. A turn reads the object itself anyway.</summary>
internal static class CutDown
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>What a turn reads of a cached pod (<see cref="PodReader"/>).</summary>
    private static readonly string[] PodAnnotations = [Names.JobHash, Names.StopAnnotation];
    private static readonly string[] PodLabels = [Names.UidLabel, Names.AttemptLabel];

    /// <summary>Labels and annotations too, up to 256 KiB of anybody's: whoever asks for one asks the object that a turn has read.</summary>
    public static WorkflowExecutionEntity Execution(WorkflowExecutionEntity entity)
    {
        (entity.Metadata.Labels, entity.Metadata.Annotations) = (null, null);
        entity.Spec = entity.Spec with { Workflow = null, Inputs = null, PodTemplate = null };
        if (entity.Status is { } status) entity.Status = status with { Outputs = null, Nodes = null };
        return entity;
    }

    public static WorkflowEntity Workflow(WorkflowEntity entity)
    {
        (entity.Metadata.Labels, entity.Metadata.Annotations) = (null, null);
        entity.Spec = entity.Spec with { Workflow = Nothing };
        return entity;
    }

    /// <summary>A pod event only wakes its execution, where it shows something new (<see cref="Executions.Pods.PodNews"/>).</summary>
    public static V1Pod Pod(V1Pod pod)
    {
        pod.Spec = null;
        pod.Metadata.Labels = Only(PodLabels, pod.Metadata.Labels);
        pod.Metadata.Annotations = Only(PodAnnotations, pod.Metadata.Annotations);
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

    private static Dictionary<string, string>? Only(string[] keys, IDictionary<string, string>? given) =>
        given?.Where(g => keys.Contains(g.Key)).ToDictionary(StringComparer.Ordinal);

    private static V1ContainerStatus Container(V1ContainerStatus status)
    {
        if (status.State?.Terminated is { } end) end.Message = null;
        if (status.State?.Waiting is { } waits) waits.Message = null;
        return new V1ContainerStatus { Name = status.Name, State = status.State };
    }
}
