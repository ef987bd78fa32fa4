namespace Bulkhead.Api.Workflows;

/// <summary>When and how fast a failed node or branch is tried again.</summary>
public sealed record RetryPolicy
{
    /// <summary>Tries after the first one.</summary>
    public required int MaxRetries { get; init; }

    /// <summary>Pause before the first retry. Default 100 ms.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause. Default 5 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Growth of the pause from retry to retry. Default 2.</summary>
    public double BackoffMultiplier { get; init; } = 2;

    /// <summary>Whether the pause is randomised. Default false.</summary>
    public bool Jitter { get; init; }

    /// <summary>Error types that are retried; empty means all but Cancelled.</summary>
    public IReadOnlyList<string> RetryOn { get; init; } = [];
}
