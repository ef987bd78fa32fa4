using System.Net;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cli.Cluster.Doctor;

/// <summary>Whether an operator is there, ready, and at work: one of its pods holds a fresh lease.</summary>
internal sealed class OperatorCheck(IKubernetesClient client, TimeProvider clock)
{
    private const string Check = "operator";
    private const string Selector = "app.kubernetes.io/name=bulkhead-operator";
    private const string Lease = "bulkhead-operator-leader";

    /// <summary>Clocks differ, and a renewal may be late.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(45);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var deployments = await client.ListAsync<DeploymentObject>(labelSelector: Selector, cancellationToken: ct);
        if (deployments.Count == 0) return [Finding.Wrong(Check, "no Deployment of the operator in any namespace: executions are not looked at", "Install it: docs/operations.md.")];
        var findings = new List<Finding>();
        foreach (var deployment in deployments)
        {
            findings.Add(Ready(deployment));
            if (Arguments(deployment).Contains("--no-leader-election")) continue;
            findings.Add(Leader(deployment.Namespace(), await client.GetAsync<V1Lease>(Lease, deployment.Namespace(), ct), clock.GetUtcNow()));
        }

        foreach (var deployment in deployments)
        {
            var account = deployment.Spec.Template?.Spec.ServiceAccountName ?? "default";
            findings.AddRange(await TryAsync("operator's rights", async () => [await new RightChecks(client).OfOperatorAsync(deployment.Namespace(), account, Watched(deployment), ct)]));
        }

        return findings;
    }

    /// <summary>A look that the server forbids, or fails at, is a finding, not the end of all looks. A server that is not there ends them.</summary>
    public static async Task<IReadOnlyList<Finding>> TryAsync(string check, Func<Task<IReadOnlyList<Finding>>> look)
    {
        try
        {
            return await look();
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Forbidden)
        {
            return [Finding.Unknown(check, "not looked at", ClusterErrors.Explain(e, null)!.Message)];
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return [Finding.Unknown(check, "not looked at: the server does not know the resource", "See the custom resources above.")];
        }
        catch (Exception e) when (e is TimeoutException or HttpOperationException { Response.StatusCode: not HttpStatusCode.Unauthorized })
        {
            return [Finding.Unknown(check, $"not looked at: {e.Message}", "Look again. If it stays so, see: kubectl cluster-info")];
        }
    }

    internal static Finding Ready(DeploymentObject deployment)
    {
        var (wanted, ready, place) = (deployment.Spec.Replicas ?? 1, deployment.Status.ReadyReplicas ?? 0, $"{deployment.Namespace()}/{deployment.Name()}");
        return wanted > 0 && ready >= wanted
            ? Finding.Ok(Check, $"{place}: {ready} of {wanted} ready")
            : Finding.Wrong(Check, $"{place}: {ready} of {wanted} ready", $"kubectl -n {deployment.Namespace()} describe pods -l {Selector}");
    }

    internal static Finding Leader(string ns, V1Lease? lease, DateTimeOffset now) => lease?.Spec?.HolderIdentity is not { Length: > 0 } holder
        ? Finding.Wrong(Check, $"{ns}: nobody holds the lease {Lease}, so nobody works", $"kubectl -n {ns} logs -l {Selector}")
        : now - (Elapsed.Utc(lease.Spec.RenewTime) ?? DateTimeOffset.MinValue) is var age && age > Stale
            ? Finding.Wrong(Check, $"{ns}: the lease of {holder} was last renewed {Elapsed.Text(age)} ago, so nobody works", $"kubectl -n {ns} logs -l {Selector}")
            : Finding.Ok(Check, $"{ns}: {holder} leads");

    private static string? Watched(DeploymentObject deployment)
    {
        var arguments = Arguments(deployment).ToList();
        var at = arguments.FindIndex(a => a == "--namespace" || a.StartsWith("--namespace=", StringComparison.Ordinal));
        return at < 0 ? null : arguments[at].Contains('=', StringComparison.Ordinal) ? arguments[at].Split('=', 2)[1] : arguments.ElementAtOrDefault(at + 1);
    }

    private static IEnumerable<string> Arguments(DeploymentObject deployment) => deployment.Spec.Template?.Spec.Containers.SelectMany(c => c.Args ?? []) ?? [];
}
