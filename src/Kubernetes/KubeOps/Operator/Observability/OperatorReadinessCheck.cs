using KubeOps.Operator.Leadership;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KubeOps.Operator.Observability;

/// <summary>
/// Ready is an instance that works with full caches, or that knows that another one leads. Before the server has said so, or while a leader still lists,
/// a rolling update must not take the next replica away.
/// </summary>
internal sealed class OperatorReadinessCheck(IEnumerable<IPipeline> pipelines, LeadState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(state.Lead switch
    {
        Lead.Unknown => HealthCheckResult.Unhealthy("the API server has not said who leads"),
        Lead.Here when pipelines.Where(p => !p.IsListed).Select(p => p.Entity).ToList() is { Count: > 0 } missing =>
            HealthCheckResult.Unhealthy($"not listed yet: {string.Join(", ", missing)}"),
        _ => HealthCheckResult.Healthy(),
    });
}
