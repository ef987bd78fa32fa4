namespace KubeOps.Abstractions.Builder;

/// <summary>How many objects of one type are reconciled at a time, and how failures are retried.</summary>
public sealed class ParallelReconciliationSettingsBuilder
{
    private int _maxParallelReconciliations = Environment.ProcessorCount * 2;

    /// <summary>Default: two per processor.</summary>
    public int MaxParallelReconciliations
    {
        get => _maxParallelReconciliations;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _maxParallelReconciliations = value;
        }
    }

    public ParallelReconciliationConflictStrategy ConflictStrategy { get; set; } = ParallelReconciliationConflictStrategy.WaitForCompletion;

    public TimeSpan? RequeueDelay { get; set; }

    /// <summary>Accepted for compatibility: this runtime retries for ever, with capped backoff.</summary>
    public int MaxErrorRetries { get; set; } = 5;

    /// <summary>First pause after a failure; doubles up to five minutes. Default 2 s.</summary>
    public TimeSpan ErrorBackoffBase { get; set; } = TimeSpan.FromSeconds(2);

    public ParallelReconciliationSettings Build() => new()
    {
        MaxParallelReconciliations = MaxParallelReconciliations,
        ConflictStrategy = ConflictStrategy,
        RequeueDelay = RequeueDelay,
        MaxErrorRetries = MaxErrorRetries,
        ErrorBackoffBase = ErrorBackoffBase,
    };
}
