using KubeOps.Operator;
using KubeOps.Operator.Observability;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bulkhead.Kubernetes.Tests.Operator;

public sealed class OperatorHealthCheckTests
{
    [Theory]
    [InlineData(0, HealthStatus.Healthy, "nothing is watched: another instance leads")]
    [InlineData(14, HealthStatus.Healthy, "bookmarks and ends of watches come in time")]
    [InlineData(16, HealthStatus.Unhealthy, "longer than any watch lasts")]
    public async Task Check_Silence_Status(int minutes, HealthStatus status, string because)
    {
        var check = new OperatorHealthCheck([new Silent(TimeSpan.Zero), new Silent(TimeSpan.FromMinutes(minutes))], new RuntimeOptions());

        (await check.CheckHealthAsync(new())).Status.ShouldBe(status, because);
    }

    private sealed record Silent(TimeSpan Silence) : IPipeline
    {
        public string Entity => "Widget";

        public bool IsListed => true;

        public Task RunAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
