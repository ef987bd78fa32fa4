using System.Net;

namespace k8s;

/// <summary>
/// When a request is sent again. 429 and 503 with Retry-After: always, for the server says that it did not begin. A broken connection or another
/// 5xx: only reads, for a write may have happened.
/// </summary>
internal static class RetryRule
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    /// <returns>The pause before the next try; null when there is none.</returns>
    public static TimeSpan? After(ApiRequest request, HttpResponseMessage response, int tries, ClientLimits limits, TimeProvider time)
    {
        if (tries > limits.MaxRetries)
            return null;
        var named = RetryAfter(response, time);
        var again = response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => true,
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError when named is not null => true,
            HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout => request.IsSafe,
            _ => false,
        };
        return again ? named ?? Backoff(tries, limits) : null;
    }

    /// <inheritdoc cref="After(ApiRequest,HttpResponseMessage,int,ClientLimits,TimeProvider)"/>
    public static TimeSpan? After(ApiRequest request, HttpRequestException error, int tries, ClientLimits limits)
    {
        // A connection that was never made has sent nothing; neither has a stream that the server refused.
        var unsent = error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
        return tries <= Math.Min(limits.MaxRetries, 2) && (request.IsSafe || unsent) ? Backoff(tries, limits) : null;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var pause = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return pause is null ? null : pause < TimeSpan.Zero ? TimeSpan.Zero : pause > MaxPause ? MaxPause : pause;
    }

    private static TimeSpan Backoff(int tries, ClientLimits limits)
    {
        var pause = limits.RetryBase * Math.Pow(2, tries - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
        return pause > MaxPause ? MaxPause : pause;
    }
}
