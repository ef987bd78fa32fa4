namespace Bulkhead.Engine.Factory;

/// <summary>The breaker is open after repeated failures. Nothing was tried.</summary>
public sealed class EngineCreationSuspendedException(TimeSpan retryAfter, Exception inner)
    : EngineCreationException($"Engine creation is suspended after repeated failures; try again in {Math.Ceiling(retryAfter.TotalSeconds)} s", inner)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
