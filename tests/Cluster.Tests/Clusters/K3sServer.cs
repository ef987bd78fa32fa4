using Testcontainers.K3s;

namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>A cluster in a container, for builds with the published packages (<c>-p:KubernetesPackages=true</c>). Wants Docker.</summary>
internal sealed class K3sServer : IAsyncDisposable
{
    private readonly K3sContainer _container = new K3sBuilder().WithImage("rancher/k3s:v1.30.4-k3s1").Build();
    private readonly string _kubeconfig = Path.GetTempFileName();

    /// <returns>The path of its kubeconfig.</returns>
    public async Task<string> StartAsync()
    {
        await _container.StartAsync();
        await File.WriteAllTextAsync(_kubeconfig, await _container.GetKubeconfigAsync());
        return _kubeconfig;
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(_kubeconfig);
        await _container.DisposeAsync();
    }
}
