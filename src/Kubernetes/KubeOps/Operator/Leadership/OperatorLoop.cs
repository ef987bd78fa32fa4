using k8s;
using KubeOps.Abstractions.Builder;
using KubeOps.Operator.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KubeOps.Operator.Leadership;

/// <summary>Runs all pipelines: always, or while this instance holds the lease.</summary>
internal sealed class OperatorLoop(IEnumerable<IPipeline> pipelines, OperatorSettings settings, LeadState state, IServiceProvider services) : BackgroundService
{
    private readonly IReadOnlyList<IPipeline> _pipelines = [.. pipelines];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.LeaderElectionType == LeaderElectionType.None)
            await WorkAsync(stoppingToken);
        else
            await LeaseHolder.Create(services).RunAsync(WorkAsync, stoppingToken);
    }

    /// <summary>All of them or none: one that breaks takes the others, and the process, with it.</summary>
    private async Task WorkAsync(CancellationToken ct)
    {
        var lead = services.GetKeyedService<Action<bool>>(OperatorBuilder.LeadKey);
        state.Lead = Lead.Here;
        lead?.Invoke(true);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var running = _pipelines.Select(p => p.RunAsync(either.Token)).ToList();
            if (running.Count > 0)
                await Task.WhenAny(running);
            await either.CancelAsync();
            await Task.WhenAll(running);
        }
        finally
        {
            state.Lead = Lead.Unknown;
            lead?.Invoke(false);
        }
    }
}
