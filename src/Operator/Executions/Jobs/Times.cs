using Bulkhead.Api.Loading;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>The durations of a spec with their defaults. A text that is no duration counts as its default; <see cref="SpecCheck"/> has refused it before.</summary>
internal static class Times
{
    public static TimeSpan Graceful(WorkflowExecutionSpec spec) => Read(spec.Release?.Graceful) ?? TimeSpan.FromSeconds(30);

    public static TimeSpan Deadline(WorkflowExecutionSpec spec) => Read(spec.Release?.Deadline) ?? TimeSpan.FromMinutes(10);

    /// <summary>Null: no limit.</summary>
    public static TimeSpan? Active(WorkflowExecutionSpec spec) => Read(spec.Timeouts?.Active);

    /// <summary>Null: no limit.</summary>
    public static TimeSpan? Queue(WorkflowExecutionSpec spec) => Read(spec.Timeouts?.Queue);

    /// <summary>Until an execution that has never had a slot has waited too long; null: no limit, or it has had one.</summary>
    public static TimeSpan? QueueLeft(WorkflowExecutionEntity execution, DateTimeOffset now)
    {
        if (Queue(execution.Spec) is not { } queue || execution.Status?.SpecHash is not null) return null;
        var since = execution.Status?.PastRuns?[0].CompletionTime
            ?? (execution.Metadata.CreationTimestamp is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : now);
        return since + queue - now;
    }

    public static TimeSpan Backoff(WorkflowExecutionSpec spec) => Read(spec.RetryPolicy?.Backoff) ?? TimeSpan.FromSeconds(10);

    private static TimeSpan? Read(string? text) => text is null ? null : Durations.Parse(text);
}
