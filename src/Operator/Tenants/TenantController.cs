using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Tenants;

/// <summary>Says of each Tenant whether its namespaces are its own, and wakes executions that wait.</summary>
internal sealed class TenantController(IKubernetesClient client, WaitingExecutions waiting, TimeProvider clock) : IEntityController<TenantEntity>
{
    /// <summary>What another Tenant claims changes without an event here.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    public async Task<ReconciliationResult<TenantEntity>> ReconcileAsync(TenantEntity entity, CancellationToken cancellationToken)
    {
        await waiting.WakeAsync(null, cancellationToken);
        var all = await client.ListAsync<TenantEntity>(cancellationToken: cancellationToken);
        var status = Judge(entity, all, clock.GetUtcNow());
        if (!status.Conditions!.SequenceEqual(entity.Status?.Conditions ?? []) || status.ObservedGeneration != entity.Status?.ObservedGeneration)
        {
            entity.Status = status;
            await client.UpdateStatusAsync(entity, cancellationToken);
        }

        return ReconciliationResult<TenantEntity>.Success(entity, LookAgain);
    }

    public Task<ReconciliationResult<TenantEntity>> DeletedAsync(TenantEntity entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<TenantEntity>.Success(entity));

    internal static TenantStatus Judge(TenantEntity entity, IEnumerable<TenantEntity> all, DateTimeOffset now)
    {
        var claims = all.Where(t => t.Name() != entity.Name())
            .SelectMany(t => (t.Spec.Namespaces ?? []).Select(n => (Namespace: n, Tenant: t.Name())))
            .Where(c => entity.Spec.Namespaces?.Contains(c.Namespace) == true)
            .Select(c => $"{c.Namespace} (also of {c.Tenant})").Order(StringComparer.Ordinal).ToList();
        var (reason, message) = claims.Count == 0 ? ("Valid", "") : ("NamespaceClaimedTwice", $"Executions there are refused: {string.Join(", ", claims)}.");
        return new TenantStatus
        {
            ObservedGeneration = entity.Generation(),
            Conditions = OneCondition.Of("Ready", claims.Count == 0, reason, message, entity.Status?.Conditions, entity.Generation(), now),
        };
    }
}
