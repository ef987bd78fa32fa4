using Bulkhead.Cluster.Tests.Clusters;

namespace Bulkhead.Chart.Tests.Server;

/// <summary>An API server of this run, with the custom resources in it: <c>eng/cluster up control</c>, or what BULKHEAD_TEST_KUBECONFIG names.</summary>
public sealed class ControlPlane : IAsyncLifetime
{
    private readonly string _instance = $"chart-{Environment.ProcessId}";
    private string? _kubeConfig;

    public async Task InitializeAsync()
    {
        var answer = await ClusterAsync("up", "control");
        _kubeConfig = answer.Trim().Split('\n')[^1].Replace("KUBECONFIG=", "", StringComparison.Ordinal);
        await KubectlAsync("apply", "--validate=false", "-f", Repository.Path("charts", "bulkhead", "crds"));
        await KubectlAsync("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
    }

    public async Task DisposeAsync()
    {
        if (_kubeConfig is not null) await ClusterAsync("down");
    }

    public Task<string> KubectlAsync(params IEnumerable<string> arguments) => Shell.RunAsync("kubectl", ["--kubeconfig", _kubeConfig!, .. arguments]);

    /// <summary>Sends objects as a dry run. A failure is part of the answer: standard output, then the errors.</summary>
    public async Task<string> DryRunAsync(string manifests)
    {
        // kubectl goes on after an object that the server refuses or does not know.
        var script = "kubectl --kubeconfig \"$0\" apply --dry-run=server --validate=false -f - 2>&1 || true";
        return await Shell.RunAsync("bash", ["-c", script, _kubeConfig!], input: manifests);
    }

    /// <summary>A dry run makes no namespace for the objects after it.</summary>
    public async Task EnsureNamespacesAsync(IEnumerable<string> names)
    {
        var there = (await KubectlAsync("get", "namespaces", "-o", "name")).Split('\n').Select(line => line.Replace("namespace/", "", StringComparison.Ordinal));
        foreach (var name in names.Distinct().Except(there)) await KubectlAsync("create", "namespace", name);
    }

    private Task<string> ClusterAsync(params string[] arguments) => Shell.RunAsync(
        Repository.Path("eng", "cluster"), arguments,
        new Dictionary<string, string> { ["KUBE_INSTANCE"] = _instance, ["KUBE_OWNER"] = Environment.ProcessId.ToString() });
}
