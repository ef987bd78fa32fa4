using k8s;
using KubeOps.Abstractions.Builder;
using Microsoft.Extensions.Hosting;

namespace KubeOps.Operator.Leadership;

/// <summary>Runs all pipelines: always, or while this instance holds the lease.</summary>
internal sealed class OperatorLoop(IEnumerable<IPipeline> pipelines, OperatorSettings settings, IServiceProvider services) : BackgroundService
{
    private readonly IReadOnlyList<IPipeline> _pipelines = [.. pipelines];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.LeaderElectionType == LeaderElectionType.None)
            await WorkAsync(stoppingToken);
        else
            await LeaseHolder.Create(services).RunAsync(WorkAsync, stoppingToken);
    }

    private Task WorkAsync(CancellationToken ct) => Task.WhenAll(_pipelines.Select(p => p.RunAsync(ct)));
}
