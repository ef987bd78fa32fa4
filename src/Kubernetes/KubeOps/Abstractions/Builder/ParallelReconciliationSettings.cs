namespace KubeOps.Abstractions.Builder;

/// <inheritdoc cref="ParallelReconciliationSettingsBuilder"/>
public sealed record ParallelReconciliationSettings
{
    public required int MaxParallelReconciliations { get; init; }

    public required ParallelReconciliationConflictStrategy ConflictStrategy { get; init; }

    public TimeSpan? RequeueDelay { get; init; }

    public required int MaxErrorRetries { get; init; }

    public required TimeSpan ErrorBackoffBase { get; init; }
}
