using Bulkhead.Cluster.Operator;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;

namespace Bulkhead.Kubernetes.Benchmarks;

/// <summary>What is told when a reconcile begins: name and version.</summary>
internal sealed record Probe(Action<string, string> OnReconcile);

/// <summary>Does nothing but say that it was called.</summary>
internal sealed class ProbeController(Probe probe) : IEntityController<Widget>
{
    public Task<ReconciliationResult<Widget>> ReconcileAsync(Widget entity, CancellationToken cancellationToken)
    {
        probe.OnReconcile(entity.Metadata.Name, entity.Metadata.ResourceVersion);
        return Task.FromResult(ReconciliationResult<Widget>.Success(entity));
    }

    public Task<ReconciliationResult<Widget>> DeletedAsync(Widget entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<Widget>.Success(entity));
}
