using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Connections;

/// <summary>
/// Says of each Connection whether it can be used, as far as that shows without its Secret (the operator may read none), and wakes executions that
/// wait for it.
/// </summary>
internal sealed class ConnectionController(IKubernetesClient client, WaitingExecutions waiting, SharedConnections shared, ConnectionAudit audit, TimeProvider clock)
    : IEntityController<ConnectionEntity>
{
    public async Task<ReconciliationResult<ConnectionEntity>> ReconcileAsync(ConnectionEntity entity, CancellationToken cancellationToken)
    {
        var isShared = await shared.ContainsAsync(entity, cancellationToken);
        await waiting.WakeAsync(isShared ? null : entity.Namespace(), cancellationToken);
        if (entity.Status?.ObservedGeneration != entity.Generation())
        {
            entity.Status = Judge(entity, isShared, clock.GetUtcNow());
            entity.Metadata = (await client.UpdateStatusAsync(entity, cancellationToken)).Metadata;
        }

        var again = entity.Spec is { Audit: true, Active: not false } ? await audit.TurnAsync(entity, cancellationToken) : (TimeSpan?)null;
        return ReconciliationResult<ConnectionEntity>.Success(entity, again);
    }

    public Task<ReconciliationResult<ConnectionEntity>> DeletedAsync(ConnectionEntity entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<ConnectionEntity>.Success(entity));

    internal static ConnectionStatus Judge(ConnectionEntity entity, bool isShared, DateTimeOffset now)
    {
        var faults = ConnectionCheck.Problems(entity.Spec).ToList();
        var (reason, message) = faults.Count > 0 ? (Reasons.Invalid, string.Join("; ", faults.Select(Problems.Text)))
            : entity.Spec.Active == false ? ("Inactive", "The connection is switched off; executions that name it wait.")
            : ("Valid", "");
        return (entity.Status ?? new ConnectionStatus()) with
        {
            ObservedGeneration = entity.Generation(),
            Conditions = OneCondition.Of("Ready", reason == "Valid", reason, message, entity.Status?.Conditions, entity.Generation(), now),
            Warnings = ConnectionCheck.Warnings(entity.Spec, isShared).ToList() is { Count: > 0 } warnings ? warnings : null,
        };
    }
}
