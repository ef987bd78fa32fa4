using System.Runtime.CompilerServices;
using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Conformance.Postgres;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>
/// A namespace with a Connection to a database and role of its own, and the oracle: sessions of the role are counted by role, never by tag; one was really there;
/// the table into which each run inserts one row holds exactly one.
/// </summary>
internal sealed class Scenario(ExecutionCluster cluster, string ns, PostgresDatabase database)
{
    public string Namespace => ns;

    public PostgresDatabase Database => database;

    public static async Task<Scenario> CreateAsync(ExecutionCluster cluster, bool serverExpiry = true)
    {
        var scenario = new Scenario(cluster, await cluster.NamespaceAsync("oracle"), await cluster.DatabaseAsync());
        await scenario.Database.ExecuteAsync($"create table runs (at timestamptz default now()); grant all on runs to {scenario.Database.Role}", CancellationToken.None);
        await scenario.ConnectAsync(serverExpiry);
        await scenario.CreateSecretAsync();
        return scenario;
    }

    public Task ConnectAsync(bool serverExpiry) => cluster.Client.CreateAsync(new ConnectionEntity
    {
        Metadata = new V1ObjectMeta { Name = "orders-db", NamespaceProperty = ns },
        Spec = new ConnectionSpec
        {
            Id = JsonElement.Parse("5"),
            Type = "postgres",
            Config = JsonSerializer.SerializeToElement(new
            {
                host = database.Server.Host,
                port = database.Server.Port,
                database = database.Name,
                sslMode = "Disable",
                serverExpiry,
            }),
            SecretRef = new NameReference { Name = "orders-db" },
        },
    });

    public Task CreateSecretAsync() => cluster.Client.CreateAsync(new V1Secret
    {
        Metadata = new V1ObjectMeta { Name = "orders-db", NamespaceProperty = ns },
        StringData = new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = database.Role, ["password"] = database.Password },
    });

    /// <summary>Inserts one row, then does what the second node says with the session still open.</summary>
    public async Task<WorkflowExecutionEntity> RunAsync(
        string then = "select pg_sleep(600)", Func<WorkflowExecutionSpec, WorkflowExecutionSpec>? spec = null, string name = "run",
        Dictionary<string, string>? annotations = null)
    {
        var workflow = JsonSerializer.SerializeToElement(new
        {
            name,
            nodes = new object[]
            {
                new { name = "insert", type = "sql", config = new { connection = "orders-db", query = "insert into runs default values" } },
                new { name = "hold", type = "sql", config = new { connection = "orders-db", query = then } },
            },
        });
        var wanted = new WorkflowExecutionSpec { Workflow = workflow, Release = new ExecutionRelease { Graceful = "5s" } };
        return await cluster.Client.CreateAsync(new WorkflowExecutionEntity
        {
            Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = ns, Annotations = annotations },
            Spec = spec?.Invoke(wanted) ?? wanted,
        });
    }

    public Task WantAsync(string desiredState, string name = "run") =>
        cluster.KubectlAsync(["-n", ns, "patch", "wfx", name, "--type=merge", "-p", $$$"""{"spec":{"desiredState":"{{{desiredState}}}"}}"""]);

    public async Task<WorkflowExecutionEntity> ReadAsync(string name = "run") =>
        await cluster.ExecutionAsync(ns, name) ?? throw new InvalidOperationException($"the execution {name} is not there");

    /// <summary>Waits until the second node's statement runs on the server: a session is open and active, whether or not the cluster knows that its worker runs.</summary>
    public Task OpensAsync() => Eventually.TrueAsync(
        async () => await database.ScalarAsync<long>(
            $"select count(*) from pg_stat_activity where usename = '{database.Role}' and state = 'active' and query like '%pg_sleep%'", CancellationToken.None) >= 1,
        TimeSpan.FromSeconds(60), () => "no session holds; " + Describe().GetAwaiter().GetResult());

    /// <summary>
    /// As <see cref="OpensAsync"/>, and the kubelet, which knows nothing of it yet, is frozen since the worker's process is there. Seldom it has said so before: then
    /// this is <see cref="HoldsAsync"/>.
    /// </summary>
    public async Task OpensUnreportedAsync()
    {
        await Eventually.TrueAsync(
            async () => (await cluster.Client.ListAsync<V1Pod>(ns, "bulkhead.dev/role=worker")).Any(p => Processes(p).Count > 0), TimeSpan.FromSeconds(60), () => "no worker");
        await cluster.SignalKubeletAsync("STOP");
        await OpensAsync();
    }

    /// <summary>As <see cref="OpensAsync"/>, and the kubelet has said that the worker runs: what kubelets up to 1.21 do before that is docs/decisions/0022.</summary>
    public async Task HoldsAsync()
    {
        await OpensAsync();
        await Eventually.TrueAsync(
            async () => (await WorkerAsync()).Status.ContainerStatuses?.Any(c => c.State?.Running is not null) == true,
            TimeSpan.FromSeconds(30), () => "the kubelet does not say that the worker runs; " + Describe().GetAwaiter().GetResult());
    }

    /// <summary>Zero sessions of the role, and exactly one row.</summary>
    public async Task IsReleasedAsync(TimeSpan within, long rows = 1, [CallerFilePath] string file = "", [CallerMemberName] string caller = "")
    {
        var took = await Eventually.TrueAsync(
            async () => await database.CountSessionsAsync(CancellationToken.None) == 0, within, () => "sessions of the role are left; " + Describe().GetAwaiter().GetResult());
        (await database.ScalarAsync<long>("select count(*) from runs", CancellationToken.None)).ShouldBe(rows, "each run inserts one row");
        Figures.Add(within, took, file, caller);
    }

    public async Task<WorkflowExecutionEntity> ReachesAsync(string condition, string status, string? reason = null, int seconds = 150, string name = "run")
    {
        WorkflowExecutionEntity? seen = null;
        await Eventually.TrueAsync(
            async () =>
            {
                seen = await cluster.ExecutionAsync(ns, name);
                return seen?.Status?.Conditions?.FirstOrDefault(c => c.Type == condition) is { } found && found.Status == status && (reason is null || found.Reason == reason);
            },
            TimeSpan.FromSeconds(seconds), () => $"{condition} is not {status} {reason}; " + Describe().GetAwaiter().GetResult());
        return seen!;
    }

    /// <remarks>
    /// The kubelet of 1.20 now and then removes a container before it has reported its end; then the fence waits for the kubelet's own word.
    /// </remarks>
    public async Task IsGoneAsync(int seconds = 120, string name = "run", [CallerFilePath] string file = "", [CallerMemberName] string caller = "")
    {
        var within = TimeSpan.FromSeconds(seconds);
        var took = await Eventually.TrueAsync(
            async () => await cluster.ExecutionAsync(ns, name) is null, within, () => "the execution is still there; " + Describe().GetAwaiter().GetResult());
        Figures.Add(within, took, file, $"{caller} (then gone)");
    }

    /// <summary>Nothing of ours holds a finalizer any more: no pod, no job.</summary>
    public async Task NothingIsFencedAsync()
    {
        var pods = await cluster.Client.ListAsync<V1Pod>(ns);
        var maps = await cluster.Client.ListAsync<V1ConfigMap>(ns);
        pods.Where(p => p.Finalizers() is { Count: > 0 }).Select(p => p.Name()).ShouldBeEmpty();
        maps.Where(m => m.Finalizers() is { Count: > 0 }).Select(m => m.Name()).ShouldBeEmpty();
    }

    /// <summary>The end of the end: the execution's finalizer is gone, and so is every fence.</summary>
    public async Task IsUnfencedAsync()
    {
        await Eventually.TrueAsync(
            async () => (await ReadAsync()).Metadata.Finalizers is not { Count: > 0 }, TimeSpan.FromSeconds(10), () => "the execution still has its finalizer");
        await NothingIsFencedAsync();
    }

    public async Task<bool> WasKilledAsync() => (await cluster.Client.ListAsync<V1Pod>(ns, "bulkhead.dev/role=worker"))
        .Any(p => p.Status?.ContainerStatuses?.Any(c => c.State?.Terminated is { ExitCode: 137 }) == true);

    /// <summary>Events about the execution.</summary>
    public async Task<int> EventsAsync(string name = "run") =>
        (await cluster.Client.ListAsync<Corev1Event>(ns)).Count(e => e.InvolvedObject.Kind == "WorkflowExecution" && e.InvolvedObject.Name == name);

    public async Task<V1Pod> WorkerAsync() => (await cluster.Client.ListAsync<V1Pod>(ns, "bulkhead.dev/role=worker")).OrderBy(p => p.CreationTimestamp()).Last();

    public async Task<bool> HadReleasePodAsync() => (await cluster.Client.ListAsync<V1Pod>(ns, "bulkhead.dev/role=release")).Count > 0;

    /// <summary>The processes of a pod's worker, on this machine: the node runs here.</summary>
    public static IReadOnlyList<int> Processes(V1Pod pod) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), out _)
           let cgroup = Read($"{folder}/cgroup")
           where cgroup.Contains(pod.Uid(), StringComparison.Ordinal) && Read($"{folder}/cmdline").Contains("bulkhead-worker", StringComparison.Ordinal)
           select int.Parse(Path.GetFileName(folder)),
    ];

    public static async Task SignalAsync(V1Pod pod, string signal)
    {
        var processes = Processes(pod);
        processes.ShouldNotBeEmpty("the worker's process is on this machine");
        await Shell.RunAsync("kill", [$"-{signal}", .. processes.Select(p => p.ToString())]);
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private async Task<string> Describe()
    {
        var execution = await cluster.KubectlAsync(["-n", ns, "get", "wfx", "-o", "jsonpath={range .items[*]}{.metadata.name} {.status.phase} {.status.conditions}{end}"]);
        var pods = await cluster.KubectlAsync(["-n", ns, "get", "pods", "-o", "jsonpath={range .items[*]}{.metadata.name} {.metadata.deletionTimestamp} {.metadata.deletionGracePeriodSeconds} {.metadata.finalizers} {.status.phase} {.status.containerStatuses[*].state}{\"\\n\"}{end}"]);
        var node = string.Join('\n', (await cluster.Client.ListAsync<V1Pod>(ns)).SelectMany(p => cluster.NodeLog(p.Uid())));
        return $"{execution}\n{pods}\n{node}";
    }
}
