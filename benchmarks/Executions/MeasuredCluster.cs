using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator;
using Bulkhead.Operator.Hosting;
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bulkhead.Executions.Benchmarks;

/// <summary>The cluster that is measured, with the operator in this process: both sides without client-side limits.</summary>
internal sealed class MeasuredCluster : IAsyncDisposable
{
    public const string Image = "localhost/bulkhead-worker:dev";
    public const string Account = "system:serviceaccount:bulkhead-system:bulkhead-operator";
    private readonly WebApplication _operator;

    private MeasuredCluster(KubernetesClient client, WebApplication app, string ns) => (Client, _operator, Namespace) = (client, app, ns);

    public KubernetesClient Client { get; }

    public string Namespace { get; }

    /// <summary>Small enough for a hundred pods on a node of two processors; the same on both sides.</summary>
    public static IReadOnlyDictionary<string, string> Requests { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["cpu"] = "10m", ["memory"] = "64Mi" };

    public static JsonElement Workflow { get; } = JsonElement.Parse("""{"name":"trivial","nodes":[{"name":"one","run":"return {one = 1}"}]}""");

    /// <param name="kubeconfig">An administrator's.</param>
    /// <param name="token">Of the operator's own account, so that the audit log tells its writes from ours.</param>
    public static async Task<MeasuredCluster> OpenAsync(string kubeconfig, string token)
    {
        var client = new KubernetesClient(Configuration(kubeconfig));
        var ns = (await client.CreateAsync(new V1Namespace { Metadata = new() { GenerateName = "bench-" } })).Metadata.Name;
        var options = new OperatorOptions
        {
            Namespace = ns,
            Listen = "",
            LeaderElection = false,
            Worker = new WorkerPodOptions { Image = Image, ImagePullPolicy = "Never", Requests = Requests },
        };
        var config = Configuration(kubeconfig);
        (config.ClientCertificateData, config.ClientCertificateKeyData, config.AccessToken) = (null, null, token);
        var app = OperatorHost.Build(options, services => services.AddSingleton(config).AddLogging(l => l.SetMinimumLevel(LogLevel.Error)));
        await app.StartAsync();
        return new MeasuredCluster(client, app, ns);
    }

    public Task<WorkflowExecutionEntity> ExecuteAsync(string name) => Client.CreateAsync(new WorkflowExecutionEntity
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = Namespace },
        Spec = new WorkflowExecutionSpec { Workflow = Workflow },
    });

    /// <summary>Between two measurements: nothing of the last one is left. A deleted Job leaves its pods, so they are deleted as well.</summary>
    public async Task ClearAsync()
    {
        foreach (var execution in await Client.ListAsync<WorkflowExecutionEntity>(Namespace)) await Client.DeleteAsync(execution);
        foreach (var job in await Client.ListAsync<V1Job>(Namespace)) await Client.DeleteAsync(job);
        while (await Client.ListAsync<V1Pod>(Namespace) is { Count: > 0 } pods)
        {
            foreach (var pod in pods.Where(p => p.DeletionTimestamp() is null)) await Client.DeleteAsync(pod);
            await Task.Delay(200);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _operator.StopAsync();
        await _operator.DisposeAsync();
        await Client.DeleteAsync<V1Namespace>(Namespace);
        Client.Dispose();
    }

    private static KubernetesClientConfiguration Configuration(string kubeconfig)
    {
        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig);
        config.Limits = new() { Qps = 100_000, Burst = 100_000 };
        return config;
    }
}
