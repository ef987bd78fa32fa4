using System.CommandLine;
using System.Net;
using System.Text.Json;
using Bulkhead.Cli.Commands;
using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using k8s.Autorest;
using Spectre.Console.Rendering;

namespace Bulkhead.Cli.Cluster;

/// <summary><c>bulkhead top</c>: what each tenant runs, what waits, and what it holds open.</summary>
internal static class TopCommand
{
    public static Command Create()
    {
        var (output, noColor) = (CommonOptions.Output(), CommonOptions.NoColor());
        return new Command("top", "Shows what each tenant runs, what waits, open connections and limits. Every namespace, unless one is named.") { output, noColor }.InCluster(async (parsed, cluster, ct) =>
        {
            var executions = await cluster.Client.ListAsync<WorkflowExecutionEntity>(cluster.IsNamespaceGiven ? cluster.Namespace : null, cancellationToken: ct);
            var tenants = await TenantsAsync(cluster, ct);
            var loads = TenantUse.Of(executions, tenants ?? [], TimeProvider.System.GetUtcNow());
            if (parsed.GetValue(output) == OutputFormat.Json) Console.Out.WriteLine(JsonSerializer.Serialize(loads, CliJson.Default.IReadOnlyListTenantUse));
            else Terminals.Out(parsed.GetValue(noColor)).Write(Table(loads));
            if (tenants is null) Console.Error.WriteLine("Limits are not shown: you may not list tenants. Ask for: kubectl create clusterrolebinding NAME --clusterrole=bulkhead-view --user=YOU");
            return ExitCode.Succeeded;
        });
    }

    /// <summary>Null: may not be read; all but the limits is shown.</summary>
    private static async Task<IReadOnlyList<TenantEntity>?> TenantsAsync(ClusterAccess cluster, CancellationToken ct)
    {
        try
        {
            return [.. await cluster.Client.ListAsync<TenantEntity>(cancellationToken: ct)];
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    internal static IRenderable Table(IReadOnlyList<TenantUse> loads) => TextTable.Of(loads.Select(load => new[]
    {
        load.Tenant, $"{load.Running}", load.Limit?.ToString() ?? "-", load.PerUser?.ToString() ?? "-", load.Weight?.ToString() ?? "-", $"{load.Waiting}",
        load.LongestWaitS is { } s ? Elapsed.Text(TimeSpan.FromSeconds(s)) : "-", $"{load.OpenConnections}", $"{load.Unreleased}",
    }).Prepend(["TENANT", "RUNNING", "LIMIT", "PER USER", "WEIGHT", "WAITING", "LONGEST", "OPEN", "UNRELEASED"]));
}
