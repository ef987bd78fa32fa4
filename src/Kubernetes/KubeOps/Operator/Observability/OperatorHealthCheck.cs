using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeOps.Operator.Observability;

/// <summary>
/// Ill when a watch has not heard the server for <see cref="RuntimeOptions.StaleAfter"/>: then the process is better started anew. An instance that
/// waits for the lease watches nothing and is well.
/// </summary>
internal sealed class OperatorHealthCheck(IEnumerable<IPipeline> pipelines, RuntimeOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stale = pipelines.Where(p => p.Silence > options.StaleAfter).Select(p => p.Entity).ToList();
        return Task.FromResult(stale.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"no contact to the API server: {string.Join(", ", stale)}"));
    }
}
