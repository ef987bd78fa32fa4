using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>
/// A real API server for this test run: the cluster that BULKHEAD_TEST_KUBECONFIG names, else (with the published packages) one of Testcontainers, else
/// <c>eng/cluster up control</c> under an instance of its own. Where none can be had, every test fails with the command to run.
/// </summary>
public class ApiServer : IAsyncLifetime
{
#if KUBERNETES_PACKAGES
    private readonly K3sServer _k3s = new();
#endif
    private readonly string[] _up;
    private readonly Dictionary<string, string> _environment;
    private string? _kubeconfig;

    public ApiServer()
        : this(["control"], $"test-{Environment.ProcessId}", [])
    {
    }

    private protected ApiServer(string[] up, string instance, Dictionary<string, string> environment)
    {
        _up = up;
        _environment = new(environment) { ["KUBE_INSTANCE"] = instance, ["KUBE_OWNER"] = Environment.ProcessId.ToString() };
    }

    public string KubeConfig => _kubeconfig ?? throw new InvalidOperationException("not started");

    public static string Root { get; } = FindRoot();

    public KubernetesClient Client { get; private set; } = null!;

    public static bool IsForeign => Environment.GetEnvironmentVariable("BULKHEAD_TEST_KUBECONFIG") is { Length: > 0 };

    public virtual async Task InitializeAsync()
    {
        _kubeconfig = await StartAsync();
        Client = Connect();
        await KubectlAsync(["apply", "--validate=false", "-f", Path.Combine(AppContext.BaseDirectory, "Clusters", "widgets.yaml")]);
        await EstablishedAsync();
    }

    public virtual async Task DisposeAsync()
    {
        Client?.Dispose();
#if KUBERNETES_PACKAGES
        await _k3s.DisposeAsync();
#else
        if (_kubeconfig is not null)
            await ClusterAsync("down");
#endif
    }

    /// <summary>A client without brakes, by way of a proxy where one is given.</summary>
    public KubernetesClient Connect(Uri? through = null) => new(Configuration(through));

    public KubernetesClientConfiguration Configuration(Uri? through = null)
    {
        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(KubeConfig, masterUrl: through?.ToString());
#if !KUBERNETES_PACKAGES
        config.Limits = new()
        {
            Qps = 100_000,
            Burst = 100_000,
            PingDelay = TimeSpan.FromSeconds(2),
            PingTimeout = TimeSpan.FromSeconds(2),
        };
#endif
        return config;
    }

    public async Task<string> NamespaceAsync(string prefix)
    {
        var created = await Client.CreateAsync(new V1Namespace { Metadata = new() { GenerateName = $"{prefix}-" } });
        return created.Metadata.Name;
    }

    public Task<string> KubectlAsync(IEnumerable<string> arguments, string? input = null) =>
        Shell.RunAsync("kubectl", ["--kubeconfig", KubeConfig, .. arguments], input: input);

    /// <summary>Every custom resource is served. kubectl's own wait fails on one that has no conditions yet.</summary>
    private protected Task EstablishedAsync() => Eventually.TrueAsync(
        async () => !(await KubectlAsync(["get", "crd", "-o", "jsonpath={range .items[*]}[{.status.conditions[?(@.type=='Established')].status}]{end}"]))
            .Replace("[True]", "", StringComparison.Ordinal).Contains('[', StringComparison.Ordinal),
        TimeSpan.FromSeconds(60), () => "not every CustomResourceDefinition is established");

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

    private async Task<string> StartAsync()
    {
#if KUBERNETES_PACKAGES
        if (!IsForeign)
            return await _k3s.StartAsync();
#endif
        var answer = await ClusterAsync(["up", .. _up]);
        return answer.Trim().Split('\n')[^1].Replace("KUBECONFIG=", "", StringComparison.Ordinal);
    }

    private protected Task<string> ClusterAsync(params string[] arguments) => Shell.RunAsync(Path.Combine(Root, "eng", "cluster"), arguments, _environment);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Operator.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Operator.sln was not found above the test's folder.");
    }
}
