namespace Bulkhead.Api.Workflows;

/// <summary>How a parallel section runs (<c>settings.parallel</c>, or on the edge that forks).</summary>
public sealed record ParallelSettings
{
    /// <summary>Wall time of the whole section. Default: none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Wall time of each branch from its first instruction. Default 30 s.</summary>
    public TimeSpan LuaTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the first failed branch cancels the rest. Default false.</summary>
    public bool FailFast { get; init; }

    /// <summary>Runs a failed branch again from its first node. Default: no retry.</summary>
    public RetryPolicy? RetryPolicy { get; init; }

    /// <summary>Stops calling a branch that keeps failing. Default: none.</summary>
    public CircuitBreakerSettings? CircuitBreaker { get; init; }
}
