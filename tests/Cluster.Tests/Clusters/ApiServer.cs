using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>
/// A real API server for this test run: <c>eng/cluster up control</c> under an instance of its own, or the cluster that BULKHEAD_TEST_KUBECONFIG names.
/// Where none can be had, every test fails with the command to run.
/// </summary>
public sealed class ApiServer : IAsyncLifetime
{
    private readonly string _instance = $"test-{Environment.ProcessId}";
    private string? _kubeconfig;

    public string KubeConfig => _kubeconfig ?? throw new InvalidOperationException("not started");

    public static string Root { get; } = FindRoot();

    public KubernetesClient Client { get; private set; } = null!;

    public static bool IsForeign => Environment.GetEnvironmentVariable("BULKHEAD_TEST_KUBECONFIG") is { Length: > 0 };

    public async Task InitializeAsync()
    {
        var answer = await ClusterAsync("up", "control");
        _kubeconfig = answer.Trim().Split('\n')[^1].Replace("KUBECONFIG=", "", StringComparison.Ordinal);
        Client = Connect();
        await KubectlAsync(["apply", "--validate=false", "-f", Path.Combine(AppContext.BaseDirectory, "Clusters", "widgets.yaml")]);
        await KubectlAsync(["wait", "--for=condition=Established", "crd/widgets.tests.bulkhead.dev", "--timeout=60s"]);
    }

    public async Task DisposeAsync()
    {
        Client?.Dispose();
        if (_kubeconfig is not null)
            await ClusterAsync("down");
    }

    /// <summary>A client without brakes, by way of a proxy where one is given.</summary>
    public KubernetesClient Connect(Uri? through = null) => new(Configuration(through));

    public KubernetesClientConfiguration Configuration(Uri? through = null)
    {
        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(KubeConfig, masterUrl: through?.ToString());
        config.Limits = new()
        {
            Qps = 100_000,
            Burst = 100_000,
            PingDelay = TimeSpan.FromSeconds(2),
            PingTimeout = TimeSpan.FromSeconds(2),
        };
        return config;
    }

    public async Task<string> NamespaceAsync(string prefix)
    {
        var created = await Client.CreateAsync(new V1Namespace { Metadata = new() { GenerateName = $"{prefix}-" } });
        return created.Metadata.Name;
    }

    public Task<string> KubectlAsync(IEnumerable<string> arguments, string? input = null) =>
        Shell.RunAsync("kubectl", ["--kubeconfig", KubeConfig, .. arguments], input: input);

    public Task RestartAsync(string daemon, string how = "both") => ClusterAsync("restart", daemon, how);

    /// <summary>Makes etcd forget every version before now; after the next start of the API server, watches from before then get 410.</summary>
    public async Task CompactAsync()
    {
        using var http = new HttpClient();
        var etcd = (await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(KubeConfig)!, "etcd.url"))).Trim();
        var range = await http.PostAsJsonAsync($"{etcd}/v3/kv/range", new { key = Convert.ToBase64String("x"u8) });
        var revision = (await range.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("header").GetProperty("revision").GetString();
        var compact = await http.PostAsync($"{etcd}/v3/kv/compaction", new StringContent($$"""{"revision":"{{revision}}"}""", Encoding.UTF8));
        compact.EnsureSuccessStatusCode();
    }

    private Task<string> ClusterAsync(params string[] arguments) => Shell.RunAsync(
        Path.Combine(Root, "eng", "cluster"), arguments,
        new Dictionary<string, string> { ["KUBE_INSTANCE"] = _instance, ["KUBE_OWNER"] = Environment.ProcessId.ToString() });

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Operator.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Operator.sln was not found above the test's folder.");
    }
}
