using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace Bulkhead.Admission.Benchmarks;

/// <summary>A WorkflowExecution as far as the measurement looks at it, so that looking costs the machine little.</summary>
[KubernetesEntity(Group = "bulkhead.dev", ApiVersion = "v1alpha1", Kind = "WorkflowExecution", PluralName = "workflowexecutions")]
internal sealed class Glance : CustomKubernetesEntity, IStatus<Glance.Word?>
{
    public Word? Status { get; set; }

    public bool IsFinished => Status?.CompletionTime is not null;

    public bool IsWaiting => Status?.Conditions?.Any(c => c is { Type: "Admitted", Status: "False" }) == true;

    public bool Holds => !IsFinished && Status?.Conditions?.Any(c => c is { Type: "Admitted", Status: "True" }) == true;

    internal sealed record Word(DateTimeOffset? CompletionTime, IReadOnlyList<Condition>? Conditions);

    internal sealed record Condition(string Type, string Status);
}
