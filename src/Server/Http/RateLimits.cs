using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Bulkhead.Server.Http;

/// <summary>
/// Requests by caller, and by address where there is no valid token: so guessing tokens is slow, and no user takes the server from the others.
/// Public routes are not counted.
/// </summary>
/// <param name="CallerPerSecond">Default 50, bursts of four seconds' worth.</param>
/// <param name="StrangerPerSecond">Requests without a valid token from one address. Default 5, bursts of four seconds' worth.</param>
internal sealed record RateLimits(int CallerPerSecond, int StrangerPerSecond)
{
    public static RateLimits Default { get; } = new(50, 5);

    public void Apply(RateLimiterOptions options, ServerMeter meter)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Partition);
        options.OnRejected = async (context, _) =>
        {
            meter.Refused("rate");
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, Math.Ceiling(after.TotalSeconds)) : 1;
            context.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            await Answer.ProblemAsync(context.HttpContext, StatusCodes.Status429TooManyRequests, "TOO_MANY_REQUESTS", "Too many requests; wait a moment.");
        };
    }

    private RateLimitPartition<string> Partition(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>() == RouteAccess.Public) return RateLimitPartition.GetNoLimiter("public");
        return Callers.Find(http) is { } caller ? Bucket($"user {caller.Owner}", CallerPerSecond) : Bucket($"address {http.Connection.RemoteIpAddress}", StrangerPerSecond);
    }

    private static RateLimitPartition<string> Bucket(string key, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = 4 * perSecond,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    });
}
