using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Operator;
using Bulkhead.Operator.Hosting;
using k8s;
using KubeOps.KubernetesClient;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>The whole operator in this process, for one namespace.</summary>
internal sealed class RunningOperator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningOperator(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    /// <param name="cluster">Where it works.</param>
    /// <param name="ns">The only namespace that it looks at. Null: all.</param>
    /// <param name="between">Puts something between the operator and the server.</param>
    /// <param name="worker">Default: the image that was loaded.</param>
    /// <param name="most">Slots in all.</param>
    public static async Task<RunningOperator> StartAsync(
        ExecutionCluster cluster, string? ns, Func<IKubernetesClient, IKubernetesClient>? between = null,
        WorkerPodOptions? worker = null, int most = 100)
    {
        var options = new OperatorOptions
        {
            Namespace = ns,
            Listen = "",
            LeaderElection = false,
            MaxConcurrentExecutions = most,
            Worker = worker ?? ExecutionCluster.Worker,
        };
        var app = OperatorHost.Build(options, services =>
        {
            services.AddSingleton(cluster.OperatorConfiguration()).AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
            if (between is not null)
            {
                var real = new KubernetesClient(cluster.OperatorConfiguration());
                services.AddSingleton(between(real));
            }
        });
        await app.StartAsync();
        return new RunningOperator(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
