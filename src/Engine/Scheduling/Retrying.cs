using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Nodes;
using Polly;
using Polly.Retry;

namespace Bulkhead.Engine.Scheduling;

/// <summary>Retry policies of documents as Polly pipelines; the delay watches the branch's stop.</summary>
internal static class Retrying
{
    /// <summary>
    /// Runs <paramref name="attempt"/> (given the number of retries so far) until it succeeds or the policy gives up. What is stopped while it
    /// waits for the next try ends as <paramref name="stopped"/> says of the last one.
    /// </summary>
    public static async Task<T> RunAsync<T>(
        RetryPolicy? policy, TimeProvider clock, Func<T, NodeFailure?> failureOf, Func<int, Task<T>> attempt, Func<T, T> stopped, CancellationToken stop)
    {
        if (policy is not { MaxRetries: > 0 }) return await attempt(0);

        var retries = 0;
        var last = default(T)!;
        var pipeline = new ResiliencePipelineBuilder<T> { TimeProvider = clock }.AddRetry(new RetryStrategyOptions<T>
        {
            MaxRetryAttempts = policy.MaxRetries,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome is { Exception: null, Result: { } result } && IsRetried(policy, failureOf(result))),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Delay(policy, arguments.AttemptNumber, Random.Shared.NextDouble())),
        }).Build();
        try
        {
            return await pipeline.ExecuteAsync(async _ => last = await attempt(retries++), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && last is not null)
        {
            return stopped(last);
        }
    }

    public static bool IsRetried(RetryPolicy policy, NodeFailure? failure) =>
        failure is { Retryable: true, Abandoned: false } and not { Type: NodeFailure.Cancelled }
        && (policy.RetryOn.Count == 0 || policy.RetryOn.Contains(failure.Type, StringComparer.Ordinal));

    /// <summary>The pause before retry <paramref name="retry"/> (from 0); jitter takes up to half of it away.</summary>
    public static TimeSpan Delay(RetryPolicy policy, int retry, double random)
    {
        var delay = Math.Min(policy.BaseDelay.TotalMilliseconds * Math.Pow(policy.BackoffMultiplier, retry), policy.MaxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(policy.Jitter ? delay * (1 - random / 2) : delay);
    }
}
