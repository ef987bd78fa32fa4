using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using KubeOps.Abstractions.Builder;
using KubeOps.KubernetesClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KubeOps.Operator.Leadership;

/// <summary>
/// Works while it holds the lease. On stop, the work ends first and the lease is given back then, so that the next leader never works beside us.
/// When the lease is lost, the work has until the lease expires for others; work that does not end by then takes the process with it.
/// </summary>
internal sealed class LeaseHolder(
    IKubernetesClient client, KubernetesClientConfiguration config, OperatorSettings settings, LeadState state, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<LeaseHolder> logger)
{
    private readonly string _identity = $"{Environment.MachineName}_{Guid.NewGuid():n}";

    public static LeaseHolder Create(IServiceProvider services) => ActivatorUtilities.CreateInstance<LeaseHolder>(services);

    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        // A client of its own: a busy operator's pace must not delay a renewal.
        using var own = new Kubernetes(config);
        // Where the operator itself is: in a namespace that it only watches it has no right to leases.
        var ns = await client.GetCurrentNamespaceAsync(cancellationToken: stop);
        var leaseLock = new LeaseLock(own, ns, $"{settings.Name}-leader", _identity);
        while (!stop.IsCancellationRequested)
            await LeadOnceAsync(leaseLock, work, stop);
    }

    private async Task LeadOnceAsync(LeaseLock leaseLock, Func<CancellationToken, Task> work, CancellationToken stop)
    {
        using var elector = new LeaderElector(
            new(leaseLock)
            {
                LeaseDuration = settings.LeaderElectionLeaseDuration,
                RenewDeadline = settings.LeaderElectionRenewDeadline,
                RetryPeriod = settings.LeaderElectionRetryPeriod,
            },
            time);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var giveBack = new CancellationTokenSource();
        using var whileWaiting = stop.Register(giveBack.Cancel);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        elector.OnNewLeader += leader =>
        {
            if (!string.IsNullOrEmpty(leader) && leader != _identity)
                state.Lead = Lead.Elsewhere;
        };
        elector.OnError += e => logger.LeaseFailed(e.Message);
        elector.OnStartedLeading += () =>
        {
            // From here on a stop ends the work first.
            whileWaiting.Unregister();
            started.SetResult();
        };
        elector.OnStoppedLeading += lost.Cancel;
        var holding = elector.RunUntilLeadershipLostAsync(giveBack.Token);
        if (await Task.WhenAny(started.Task, holding) == started.Task)
        {
            logger.Leads(_identity);
            try
            {
                await WorkAsync(work, holding, lost);
            }
            finally
            {
                logger.LeadsNoMore(_identity);
                await giveBack.CancelAsync();
            }
        }
        await holding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WorkAsync(Func<CancellationToken, Task> work, Task holding, CancellationTokenSource lost)
    {
        var working = work(lost.Token);
        if (await Task.WhenAny(working, holding) == holding)
        {
            var left = settings.LeaderElectionLeaseDuration - settings.LeaderElectionRenewDeadline;
            if (await Task.WhenAny(working, Task.Delay(left, time, CancellationToken.None)) != working)
            {
                logger.WorkOutlivesLease();
                Environment.ExitCode = 1;
                lifetime.StopApplication();
            }
        }
        try
        {
            await working;
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // The work ended because it had to.
        }
    }
}
