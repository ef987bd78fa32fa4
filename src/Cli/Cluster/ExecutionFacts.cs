using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cli.Cluster;

/// <summary>What the conditions of an execution say, for a person. Pure.</summary>
internal static class ExecutionFacts
{
    public const string NotObserved = nameof(NotObserved);

    public static StatusCondition? Condition(this WorkflowExecutionEntity execution, string type) => execution.Status?.Conditions?.FirstOrDefault(c => c.Type == type);

    /// <summary>It has ended: Succeeded, Failed or Cancelled.</summary>
    public static bool IsFinished(this WorkflowExecutionEntity execution) => execution.Status?.CompletionTime is not null;

    /// <summary>An operator has looked at it; the server sets -1 on a new object.</summary>
    public static bool IsObserved(this WorkflowExecutionEntity execution) => execution.Status?.ObservedGeneration is >= 0;

    public static string Phase(this WorkflowExecutionEntity execution) => execution.Status?.Phase ?? "New";

    /// <summary>The condition that says why it is not where its author wants it; null where nothing is to be said.</summary>
    public static (string Reason, string Message)? Why(this WorkflowExecutionEntity execution)
    {
        if (!execution.IsObserved()) return (NotObserved, "No operator has looked at it yet; see: bulkhead doctor");
        var released = execution.Condition("ConnectionsReleased");
        StatusCondition?[] asked = execution switch
        {
            _ when execution.IsFinished() => [execution.Condition("Succeeded"), released],
            { Metadata.DeletionTimestamp: not null } => [released, execution.Condition("PodReady")],
            _ => [execution.Condition("Admitted"), execution.Status?.Phase == "Releasing" ? released : null, execution.Condition("PodReady")],
        };
        return asked.FirstOrDefault(c => c?.Status == "False") is { } found ? (found.Reason, found.Message) : null;
    }

    public static string? Tenant(this WorkflowExecutionEntity execution) => execution.Status?.TenantId ?? execution.Spec.TenantId;

    public static DateTimeOffset? Created(this WorkflowExecutionEntity execution) => Elapsed.Utc(execution.CreationTimestamp());

    /// <summary>From the start of its worker, or of its wait, to its end or now.</summary>
    public static TimeSpan? Took(this WorkflowExecutionEntity execution, DateTimeOffset now) =>
        execution.Status is { StartTime: { } start } status ? (status.CompletionTime ?? now) - start : null;
}
