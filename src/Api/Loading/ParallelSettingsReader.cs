using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Loading;

/// <summary>Reads the settings of parallel sections from <c>settings.parallel</c>, an edge or a <c>dynamic_parallel</c> node.</summary>
internal static class ParallelSettingsReader
{
    /// <summary>What the mapping says, over <paramref name="defaults"/>. Does not close the mapping.</summary>
    public static ParallelSettings Read(Fields fields, ParallelSettings defaults) => defaults with
    {
        Timeout = fields.Duration("timeout") ?? defaults.Timeout,
        LuaTimeout = fields.Duration("lua_timeout") ?? defaults.LuaTimeout,
        FailFast = fields.Flag("fail_fast") ?? defaults.FailFast,
        RetryPolicy = RetryReader.Read(fields.Inner("retry_policy", "retry")) ?? defaults.RetryPolicy,
        CircuitBreaker = Breaker(fields.Inner("circuit_breaker", "circuit_breaker")) ?? defaults.CircuitBreaker,
    };

    private static CircuitBreakerSettings? Breaker(Fields? fields)
    {
        if (fields is null) return null;
        var defaults = new CircuitBreakerSettings();
        var breaker = new CircuitBreakerSettings
        {
            FailureThreshold = fields.Whole("failure_threshold", 1, 10_000) ?? defaults.FailureThreshold,
            ResetTimeout = fields.Duration("reset_timeout") ?? defaults.ResetTimeout,
            HalfOpenMaxCalls = fields.Whole("half_open_max_calls", 1, 10_000) ?? defaults.HalfOpenMaxCalls,
        };
        fields.Close();
        return breaker;
    }
}
