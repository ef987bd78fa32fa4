using Bulkhead.Conformance.Postgres;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator;

namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>A cluster with a node, the worker's image, the custom resources, and a PostgreSQL that pods reach: all that executions need.</summary>
public sealed class ExecutionCluster : NodeCluster
{
    private int _databases;

    public PrivatePostgres Postgres { get; private set; } = null!;

    internal static WorkerPodOptions Worker { get; } = new() { Image = "localhost/bulkhead-worker:dev", ImagePullPolicy = "Never" };

    public override async Task InitializeAsync()
    {
        var image = Path.Combine(Path.GetTempPath(), $"bulkhead-worker-{Environment.ProcessId}.tar");
        try
        {
            await Shell.RunAsync(Path.Combine(Root, "eng", "image"), ["worker", image], within: TimeSpan.FromMinutes(9));
            await base.InitializeAsync();
            await ClusterAsync("load", image);
        }
        finally
        {
            File.Delete(image);
            File.Delete(Path.ChangeExtension(image, ".cdx.json"));
        }

        foreach (var crd in Directory.EnumerateFiles(Path.Combine(Root, "crds"), "bulkhead.dev_*.yaml"))
            await KubectlAsync(["apply", "--validate=false", "-f", crd]);
        await KubectlAsync(["wait", "--for=condition=Established", "--all", "crd", "--timeout=60s"]);
        Postgres = await PrivatePostgres.StartAsync(CancellationToken.None, new PostgresNetwork($"{Network}.2", "10.0.0.0/8"));
    }

    public override async Task DisposeAsync()
    {
        if (Postgres is not null) await Postgres.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>A database with a role of its own.</summary>
    public Task<PostgresDatabase> DatabaseAsync()
    {
        var number = Interlocked.Increment(ref _databases);
        return Postgres.CreateDatabaseAsync($"wf_{number}", $"wf_user_{number}", CancellationToken.None);
    }

    public Task<WorkflowExecutionEntity?> ExecutionAsync(string ns, string name) => Client.GetAsync<WorkflowExecutionEntity>(name, ns);
}
