using System.Text;
using Bulkhead.Conformance.Postgres;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator;
using k8s;

namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>A cluster with a node, the worker's image, the custom resources, and a PostgreSQL that pods reach: all that executions need.</summary>
public sealed class ExecutionCluster : NodeCluster
{
    private int _databases;
    private string _token = "";

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

        await KubectlAsync(["apply", "--validate=false", "-k", Path.Combine(Root, "config")]);
        await EstablishedAsync();
        _token = await TokenAsync();
        Postgres = await PrivatePostgres.StartAsync(CancellationToken.None, new PostgresNetwork($"{Network}.2", "10.0.0.0/8"));
    }

    public override async Task DisposeAsync()
    {
        if (Postgres is not null) await Postgres.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>The operator's own account, with the rights of config/rbac and no others.</summary>
    public KubernetesClientConfiguration OperatorConfiguration()
    {
        var config = Configuration();
        (config.ClientCertificateData, config.ClientCertificateKeyData) = (null, null);
        config.AccessToken = _token;
        return config;
    }

    /// <summary>A database with a role of its own.</summary>
    public Task<PostgresDatabase> DatabaseAsync()
    {
        var number = Interlocked.Increment(ref _databases);
        return Postgres.CreateDatabaseAsync($"wf_{number}", $"wf_user_{number}", CancellationToken.None);
    }

    private async Task<string> TokenAsync()
    {
        const string Path = "jsonpath={.items[?(@.metadata.annotations.kubernetes\\.io/service-account\\.name=='bulkhead-operator')].data.token}";
        var token = "";
        await Eventually.TrueAsync(
            async () => (token = await KubectlAsync(["-n", "bulkhead-system", "get", "secrets", "-o", Path])).Length > 0,
            TimeSpan.FromSeconds(30), () => "the operator's account has no token");
        return Encoding.UTF8.GetString(Convert.FromBase64String(token));
    }

    public Task<WorkflowExecutionEntity?> ExecutionAsync(string ns, string name) => Client.GetAsync<WorkflowExecutionEntity>(name, ns);
}
