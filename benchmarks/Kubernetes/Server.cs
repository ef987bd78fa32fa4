using System.Globalization;
using k8s;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.KubernetesClient;
using KubeOps.Operator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bulkhead.Kubernetes.Benchmarks;

/// <summary>The API server that is measured, and the operator that runs against it in this process.</summary>
internal sealed class Server(string kubeconfig)
{
    public KubernetesClient Client { get; } = new(Configuration(kubeconfig, unlimited: true));

    public async Task<string> NamespaceAsync()
    {
        var created = await Client.CreateAsync(new V1Namespace { Metadata = new() { GenerateName = "bench-" } });
        return created.Metadata.Name;
    }

    /// <summary>An operator with the runtime's own limits and defaults.</summary>
    public async Task<IHost> OperatorAsync(string ns, Action<string, string> onReconcile)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(Configuration(kubeconfig, unlimited: false));
        builder.Services.AddSingleton(new Probe(onReconcile));
        builder.Services
            .AddKubernetesOperator(s =>
            {
                s.Namespace = ns;
                s.ReconcileStrategy = ReconcileStrategy.ByResourceVersion;
            })
            .AddController<ProbeController, Cluster.Operator.Widget>();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Requests that the server has answered so far, by its own counter.</summary>
    public async Task<long> RequestsAsync()
    {
        var transport = ((k8s.Kubernetes)Client.ApiClient).Transport;
        using var response = await transport.OpenAsync(new(HttpMethod.Get, "/metrics"), default);
        var text = await response.Content.ReadAsStringAsync();
        return (long)text.Split('\n')
            .Where(l => l.StartsWith("apiserver_request_total{", StringComparison.Ordinal) && l.Contains("resource=\"widgets\"", StringComparison.Ordinal))
            .Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private static KubernetesClientConfiguration Configuration(string path, bool unlimited)
    {
        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(path);
        if (unlimited)
            config.Limits = new() { Qps = 100_000, Burst = 100_000 };
        return config;
    }
}
