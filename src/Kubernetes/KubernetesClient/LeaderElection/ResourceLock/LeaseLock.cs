#nullable disable
using System.Net;
using k8s.Autorest;
using k8s.Models;

namespace k8s.LeaderElection.ResourceLock;

/// <summary>The record in a <c>Lease</c>. Its resource version decides who was first.</summary>
public class LeaseLock(IKubernetes client, string @namespace, string name, string identity) : ILock
{
    private V1Lease _lease;

    public string Identity => identity;

    public async Task<LeaderElectionRecord> GetAsync(CancellationToken cancellationToken = default)
    {
        _lease = await client.CoordinationV1.ReadNamespacedLeaseAsync(name, @namespace, cancellationToken: cancellationToken);
        var spec = _lease.Spec ?? new();
        return new()
        {
            HolderIdentity = spec.HolderIdentity,
            LeaseDurationSeconds = spec.LeaseDurationSeconds ?? 15,
            AcquireTime = spec.AcquireTime,
            RenewTime = spec.RenewTime,
            LeaderTransitions = spec.LeaseTransitions ?? 0,
        };
    }

    public Task<bool> CreateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default) =>
        Keep(client.CoordinationV1.CreateNamespacedLeaseAsync(
            new() { Metadata = new() { Name = name, NamespaceProperty = @namespace }, Spec = Spec(record) }, @namespace,
            cancellationToken: cancellationToken));

    public Task<bool> UpdateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default)
    {
        if (_lease is null)
            throw new InvalidOperationException("The lease was not read yet.");
        return Keep(client.CoordinationV1.ReplaceNamespacedLeaseAsync(
            _lease with { Spec = Spec(record) }, name, @namespace, cancellationToken: cancellationToken));
    }

    public string Describe() => $"{@namespace}/{name}";

    private static V1LeaseSpec Spec(LeaderElectionRecord record) => new()
    {
        HolderIdentity = record.HolderIdentity,
        LeaseDurationSeconds = record.LeaseDurationSeconds,
        AcquireTime = record.AcquireTime,
        RenewTime = record.RenewTime,
        LeaseTransitions = record.LeaderTransitions,
    };

    private async Task<bool> Keep(Task<V1Lease> write)
    {
        try
        {
            _lease = await write;
            return true;
        }
        catch (HttpOperationException e) when (e.Response?.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
