using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Tenants;

/// <summary>
/// Says of each Tenant whether its namespaces are its own and how many of its executions run and wait, tells line and history its rules, and wakes executions that wait.
/// </summary>
internal sealed class TenantController(IKubernetesClient client, AdmissionLine line, History history, TenantLoad load, WaitingExecutions waiting, TimeProvider clock)
    : IEntityController<TenantEntity>
{
    /// <summary>What another Tenant claims, and who runs, changes without an event here.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public async Task<ReconciliationResult<TenantEntity>> ReconcileAsync(TenantEntity entity, CancellationToken cancellationToken)
    {
        var all = await RuleAsync(cancellationToken);
        if (entity.Status?.ObservedGeneration != entity.Generation()) await waiting.WakeAsync(null, cancellationToken);
        var (active, queued) = await load.OfAsync(entity.Name(), cancellationToken);
        var status = Judge(entity, all, clock.GetUtcNow()) with { ActiveExecutions = active, WaitingExecutions = queued };
        if (!status.Conditions!.SequenceEqual(entity.Status?.Conditions ?? []) || status with { Conditions = null } != (entity.Status ?? new TenantStatus()) with { Conditions = null })
        {
            entity.Status = status;
            await client.UpdateStatusAsync(entity, cancellationToken);
        }

        return ReconciliationResult<TenantEntity>.Success(entity, LookAgain);
    }

    public async Task<ReconciliationResult<TenantEntity>> DeletedAsync(TenantEntity entity, CancellationToken cancellationToken)
    {
        load.Forget(entity.Name());
        await RuleAsync(cancellationToken);
        await waiting.WakeAsync(null, cancellationToken);
        return ReconciliationResult<TenantEntity>.Success(entity);
    }

    private async Task<IList<TenantEntity>> RuleAsync(CancellationToken ct)
    {
        var all = await client.ListAsync<TenantEntity>(cancellationToken: ct);
        await line.RuleAsync(all, ct);
        await history.RuleAsync(all, ct);
        return all;
    }

    internal static TenantStatus Judge(TenantEntity entity, IEnumerable<TenantEntity> all, DateTimeOffset now)
    {
        var claims = all.Where(t => t.Name() != entity.Name())
            .SelectMany(t => (t.Spec.Namespaces ?? []).Select(n => (Namespace: n, Tenant: t.Name())))
            .Where(c => entity.Spec.Namespaces?.Contains(c.Namespace) == true)
            .Select(c => $"{c.Namespace} (also of {c.Tenant})").Order(StringComparer.Ordinal).ToList();
        var (reason, message) = entity.Name().Length > TenantOf.Longest ? ("NameTooLong", $"Executions of its namespaces are refused: its name has more than {TenantOf.Longest} characters.")
            : claims.Count == 0 ? ("Valid", "") : ("NamespaceClaimedTwice", $"Executions there are refused: {string.Join(", ", claims)}.");
        return new TenantStatus
        {
            ObservedGeneration = entity.Generation(),
            Conditions = OneCondition.Of("Ready", reason == "Valid", reason, message, entity.Status?.Conditions, entity.Generation(), now),
        };
    }
}
