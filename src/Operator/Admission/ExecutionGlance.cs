using System.Text.Json.Serialization;
using Bulkhead.Api.Resources;
using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace Bulkhead.Operator.Admission;

/// <summary>A WorkflowExecution as far as admission looks at it. Documents and outputs of thousands are passed over while they are read.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = "WorkflowExecution", PluralName = "workflowexecutions")]
internal sealed class ExecutionGlance : CustomKubernetesEntity, ISpec<ExecutionGlance.Wish>, IStatus<ExecutionGlance.Word?>, IJsonOnDeserialized
{
    public Wish Spec { get; set; } = null!;

    public Word? Status { get; set; }

    /// <summary>Up to 256 KiB of anybody's, each of them, are not kept until the last one is read.</summary>
    void IJsonOnDeserialized.OnDeserialized() => (Metadata.Annotations, Metadata.Labels, Metadata.ManagedFields) = (null, null, null);

    /// <summary>Of the spec.</summary>
    internal sealed record Wish(string? UserId, string? ConcurrencyKey, string? ConcurrencyPolicy)
    {
        public static Wish Of(WorkflowExecutionSpec spec) => new(spec.UserId, spec.ConcurrencyKey, spec.ConcurrencyPolicy);
    }

    /// <summary>Of the status.</summary>
    internal sealed record Word(string? TenantId, DateTimeOffset? CompletionTime, IReadOnlyList<StatusCondition>? Conditions)
    {
        public static Word? Of(WorkflowExecutionStatus? status) => status is null ? null : new(status.TenantId, status.CompletionTime, status.Conditions);
    }
}
