using Bulkhead.Engine.Contexts;
using Polly;
using Polly.CircuitBreaker;

namespace Bulkhead.Engine.Factory;

/// <summary>
/// The breaker around the preparation of engines. It counts only what the host could not do: a user's invalid context or a full
/// user limit must not shut the others out.
/// </summary>
internal static class CreationBreaker
{
    public static ResiliencePipeline<IExecutionLease> Build(EngineFactoryOptions options, TimeProvider clock) =>
        new ResiliencePipelineBuilder<IExecutionLease> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<IExecutionLease>
            {
                FailureRatio = 0.5,
                MinimumThroughput = options.BreakerFailures,
                SamplingDuration = options.BreakerSampling,
                BreakDuration = options.BreakerPause,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is not (null or OperationCanceledException or ContextIsolationException)),
            })
            .Build();
}
