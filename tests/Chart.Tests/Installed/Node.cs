using System.Text.Json.Nodes;
using Bulkhead.Chart.Tests.Images;
using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Conformance.Postgres;

namespace Bulkhead.Chart.Tests.Installed;

/// <summary>A node with real pods that has our two images, and a PostgreSQL that pods reach: where the chart is installed as a new user would.</summary>
public sealed class Node : IAsyncLifetime
{
    public const string Namespace = "bulkhead-system";

    /// <summary>What <c>eng/</c> needs to find the cluster. Names and networks are this process's own, so that two runs do not meet.</summary>
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal)
    {
        ["KUBE_INSTANCE"] = $"c{Environment.ProcessId}",
        ["KUBE_NET"] = $"10.97.{Environment.ProcessId % 250}",
        ["KUBE_PODS"] = $"10.246.{Environment.ProcessId % 250}.0/24",
        ["KUBE_OWNER"] = Environment.ProcessId.ToString(),
    };

    private int _databases;

    /// <summary>The chart is installed with its default values, and no test has changed the release since.</summary>
    private bool _installed;

    /// <summary>This machine, as pods see it.</summary>
    public static string Machine { get; } = $"10.97.{Environment.ProcessId % 250}.2";

    public string KubeConfig => _environment["KUBECONFIG"];

    public PrivatePostgres Postgres { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        string[] images = [await BuiltImages.NativeAsync("worker"), await BuiltImages.NativeAsync("operator")];
        var answer = await ClusterAsync("up");
        _environment["KUBECONFIG"] = answer.Trim().Split('\n')[^1].Replace("KUBECONFIG=", "", StringComparison.Ordinal);
        await ClusterAsync(["load", .. images]);
        Postgres = await PrivatePostgres.StartAsync(CancellationToken.None, new PostgresNetwork(Machine, "10.0.0.0/8"));
    }

    public async Task DisposeAsync()
    {
        if (Postgres is not null) await Postgres.DisposeAsync();
        await ClusterAsync("down");
    }

    /// <summary>A database with a role of its own.</summary>
    public Task<PostgresDatabase> DatabaseAsync()
    {
        var number = Interlocked.Increment(ref _databases);
        return Postgres.CreateDatabaseAsync($"wf_{number}", $"wf_user_{number}", CancellationToken.None);
    }

    /// <summary>Runs a line as a person types it at the repository's root. It may do anything to the release.</summary>
    public Task<string> TypeAsync(string line)
    {
        _installed = false;
        return Shell.RunAsync("bash", ["-ceo", "pipefail", $"cd '{Repository.Root}'; {line}"], _environment, within: TimeSpan.FromMinutes(5));
    }

    /// <summary>The chart with its default values, as a new user has it: installed unless it is there like that.</summary>
    public async Task InstallAsync()
    {
        if (_installed) return;
        await ChartAsync("install");
        _installed = true;
    }

    /// <summary><c>eng/chart VERB</c> with the images of this tree.</summary>
    public Task<string> ChartAsync(string verb, params IEnumerable<string> more)
    {
        if (verb != "render") _installed = false;
        return Shell.RunAsync(
            Repository.Path("eng", "chart"), [verb, "-n", Namespace, "-f", Repository.Path("charts", "bulkhead", "ci", "local-values.yaml"), .. more], _environment,
            within: TimeSpan.FromMinutes(5));
    }

    public Task<string> KubectlAsync(params IEnumerable<string> arguments) => Shell.RunAsync("kubectl", arguments, _environment);

    public Task<string> ApplyAsync(string manifest, params IEnumerable<string> more) =>
        Shell.RunAsync("kubectl", ["apply", "-f", "-", .. more], _environment, input: manifest);

    /// <summary>Null: it is not there.</summary>
    public async Task<JsonNode?> GetAsync(string what, string name, string ns)
    {
        var text = await KubectlAsync("get", what, name, "-n", ns, "--ignore-not-found", "-o", "json");
        return text.Trim().Length == 0 ? null : JsonNode.Parse(text);
    }

    public async Task<IReadOnlyList<JsonNode>> ListAsync(string what, params IEnumerable<string> more) =>
        [.. JsonNode.Parse(await KubectlAsync(["get", what, "-o", "json", .. more]))!["items"]!.AsArray().Select(i => i!)];

    /// <summary>The operator's pods: leader and those that wait.</summary>
    public Task<IReadOnlyList<JsonNode>> OperatorsAsync() => ListAsync("pods", "-n", Namespace, "-l", "app.kubernetes.io/component=operator");

    /// <summary>Identity of the leader: its pod's name, then what tells its process from the one before.</summary>
    public async Task<string> LeaderAsync() => (string?)(await GetAsync("lease", "bulkhead-operator-leader", Namespace))?["spec"]?["holderIdentity"] ?? "";

    /// <summary>What <c>bulkhead doctor</c> says, whatever its exit code.</summary>
    public Task<string> DoctorAsync() => Shell.RunAsync("bash", ["-c", "\"$0\" doctor || [ $? = 1 ]", Repository.Path("artifacts", "bulkhead", "bulkhead")], _environment);

    public Task UntilAsync(Func<Task<bool>> isSo, TimeSpan within, string what) => UntilAsync(isSo, within, () => what);

    /// <param name="isSo">Asked four times a second.</param>
    /// <param name="within">How long.</param>
    /// <param name="what">Said when it does not come.</param>
    public async Task UntilAsync(Func<Task<bool>> isSo, TimeSpan within, Func<string> what)
    {
        using var limit = new CancellationTokenSource(within);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!await isSo())
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"not within {within.TotalSeconds} s: {what()}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private Task<string> ClusterAsync(params string[] arguments) =>
        Shell.RunAsync(Repository.Path("eng", "cluster"), arguments, _environment, within: TimeSpan.FromMinutes(5));
}
