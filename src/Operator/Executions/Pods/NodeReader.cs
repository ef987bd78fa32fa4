using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Executions.Pods;

/// <summary>Facts of a node: its object, its taints, its kubelet's lease.</summary>
internal sealed class NodeReader(IKubernetesClient client)
{
    private const string OutOfService = "node.kubernetes.io/out-of-service";
    private const string Leases = "kube-node-lease";

    /// <returns>Null: the pod is on no node.</returns>
    public async Task<NodeFacts?> ReadAsync(string? name, CancellationToken ct)
    {
        if (name is null) return null;
        if (await client.GetAsync<V1Node>(name, null, ct) is not { } node) return new NodeFacts(Exists: false, IsOutOfService: false, null);
        var lease = await client.GetAsync<V1Lease>(name, Leases, ct);
        var renewed = lease?.Spec?.RenewTime is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : (DateTimeOffset?)null;
        var isSilent = node.Status?.Conditions?.Any(c => c is { Type: "Ready", Status: "Unknown" }) == true;
        return new NodeFacts(Exists: true, node.Spec?.Taints?.Any(t => t.Key == OutOfService) == true, renewed, isSilent);
    }
}
