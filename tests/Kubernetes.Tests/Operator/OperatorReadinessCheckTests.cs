using KubeOps.Operator;
using KubeOps.Operator.Leadership;
using KubeOps.Operator.Observability;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bulkhead.Kubernetes.Tests.Operator;

public sealed class OperatorReadinessCheckTests
{
    [Theory]
    [InlineData(Lead.Unknown, true, HealthStatus.Unhealthy, "the server has not answered: nobody knows whether this replica could work")]
    [InlineData(Lead.Elsewhere, false, HealthStatus.Healthy, "a replica that waits watches nothing, and is what a rolling update waits for")]
    [InlineData(Lead.Here, false, HealthStatus.Unhealthy, "a leader that still lists knows only a part")]
    [InlineData(Lead.Here, true, HealthStatus.Healthy, "every cache is whole")]
    internal async Task Check_LeadAndCaches_Status(Lead lead, bool isListed, HealthStatus status, string because)
    {
        var check = new OperatorReadinessCheck([new Watch("Pod", true), new Watch("Widget", isListed)], new LeadState { Lead = lead });

        var answer = await check.CheckHealthAsync(new());

        answer.Status.ShouldBe(status, because);
        if (lead == Lead.Here && !isListed) answer.Description.ShouldBe("not listed yet: Widget");
    }

    private sealed record Watch(string Entity, bool IsListed) : IPipeline
    {
        public TimeSpan Silence => TimeSpan.Zero;

        public Task RunAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
