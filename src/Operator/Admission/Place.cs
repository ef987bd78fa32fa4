using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;

namespace Bulkhead.Operator.Admission;

/// <summary>
/// An execution that holds a slot or waits for one, as its object says: <c>Admitted</c> is True exactly while it holds one. So a restarted operator
/// finds what its predecessor left in the first list.
/// </summary>
internal sealed record Place
{
    public required string Uid { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Null: nobody in particular.</summary>
    public string? User { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool IsHolding { get; init; }

    /// <summary>When it got its slot.</summary>
    public DateTimeOffset? AdmittedAt { get; init; }

    /// <summary>Shared with others of its namespace that are not to run side by side; null: there are none.</summary>
    public string? Key { get; init; }

    public string? Policy { get; init; }

    /// <summary>What its status says of why it waits; null: nothing yet.</summary>
    public Standing? Shown { get; init; }

    /// <summary>The first to come is the first: by the server's seconds, and among those of one second by uid.</summary>
    public static IComparer<Place> Arrival { get; } = Comparer<Place>.Create((a, b) =>
        a.CreatedAt.CompareTo(b.CreatedAt) is var time and not 0 ? time : string.CompareOrdinal(a.Uid, b.Uid));

    /// <summary>Whether both want the same key.</summary>
    public bool SharesKeyWith(Place other) => Key is not null && other.Key == Key && other.Namespace == Namespace;

    /// <summary>As <see cref="Of(V1ObjectMeta, ExecutionGlance.Wish, ExecutionGlance.Word?)"/>, of the whole object.</summary>
    public static Place? Of(WorkflowExecutionEntity execution) => Of(execution.Metadata, ExecutionGlance.Wish.Of(execution.Spec), ExecutionGlance.Word.Of(execution.Status));

    /// <returns>Null: it neither holds a slot nor is known to wait for one.</returns>
    public static Place? Of(V1ObjectMeta meta, ExecutionGlance.Wish spec, ExecutionGlance.Word? status)
    {
        var admitted = status?.Conditions?.FirstOrDefault(c => c.Type == ConditionTypes.Admitted);
        if (admitted is null || status!.CompletionTime is not null) return null;
        var isHolding = admitted.Status == "True" && !IsSettled(meta, status);
        var shown = admitted.Status == "False" ? Standing.Read(admitted.Reason, admitted.Message) : null;
        if (!isHolding && (shown is null || meta.DeletionTimestamp is not null)) return null;
        return new Place
        {
            Uid = meta.Uid,
            Namespace = meta.NamespaceProperty,
            Name = meta.Name,
            Tenant = status.TenantId ?? meta.NamespaceProperty,
            User = spec.UserId,
            CreatedAt = meta.CreationTimestamp is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : default,
            IsHolding = isHolding,
            AdmittedAt = isHolding ? admitted.LastTransitionTime : null,
            Key = spec.ConcurrencyKey,
            Policy = spec.ConcurrencyKey is null ? null : spec.ConcurrencyPolicy ?? ConcurrencyPolicies.Queue,
            Shown = shown,
        };
    }

    /// <summary>One that waits from now on, whatever its status says yet.</summary>
    public static Place Asking(WorkflowExecutionEntity execution, string tenant)
    {
        var admitted = execution.Status.Condition(ConditionTypes.Admitted);
        var waits = new StatusCondition { Type = ConditionTypes.Admitted, Status = "False", Reason = Reasons.ClusterLimit };
        return Of(execution.Metadata, ExecutionGlance.Wish.Of(execution.Spec), new ExecutionGlance.Word(tenant, null, [waits]))! with
        {
            Shown = admitted is { Status: "False" } ? Standing.Read(admitted.Reason, admitted.Message) : null,
        };
    }

    /// <summary>Released while it is being deleted; only somebody else's finalizer keeps the object.</summary>
    private static bool IsSettled(V1ObjectMeta meta, ExecutionGlance.Word status) => meta.DeletionTimestamp is not null
        && status.Conditions!.Any(c => c.Type == ConditionTypes.PodReady && c.Reason == Reasons.AttemptOver);
}
