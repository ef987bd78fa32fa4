namespace Bulkhead.Api.Workflows;

/// <summary>A circuit breaker around each branch of a parallel section.</summary>
public sealed record CircuitBreakerSettings
{
    /// <summary>Consecutive failures that open the circuit. Default 5.</summary>
    public int FailureThreshold { get; init; } = 5;

    /// <summary>How long the circuit stays open. Default 60 s.</summary>
    public TimeSpan ResetTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Calls let through while half open. Default 3.</summary>
    public int HalfOpenMaxCalls { get; init; } = 3;
}
