namespace Bulkhead.Operator.Executions.Pods;

/// <summary>What a decision needs to know of the node of a pod.</summary>
/// <param name="Exists">False: the Node object is deleted, so the machine is out of the cluster.</param>
/// <param name="IsOutOfService">Carries the taint <c>node.kubernetes.io/out-of-service</c>: somebody vouches that it is off.</param>
/// <param name="RenewedAt">When its kubelet last renewed its lease, by the node's own clock.</param>
/// <param name="IsSilent">The control plane, by its clock, has not heard from the kubelet for some time.</param>
internal sealed record NodeFacts(bool Exists, bool IsOutOfService, DateTimeOffset? RenewedAt, bool IsSilent = false)
{
    /// <summary>Somebody vouches that nothing runs there any more.</summary>
    public bool IsLost => !Exists || IsOutOfService;
}
