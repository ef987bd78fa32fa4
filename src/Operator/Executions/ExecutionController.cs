using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Metrics;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;

namespace Bulkhead.Operator.Executions;

/// <summary>Brings an execution one step further, each time it or one of its pods changes.</summary>
internal sealed class ExecutionController(ExecutionTurn turn, ExecutionIndex index) : IEntityController<WorkflowExecutionEntity>
{
    public async Task<ReconciliationResult<WorkflowExecutionEntity>> ReconcileAsync(WorkflowExecutionEntity entity, CancellationToken cancellationToken)
    {
        if (IsAtRest(entity))
        {
            index.Put(entity);
            return ReconciliationResult<WorkflowExecutionEntity>.Success(entity);
        }

        var plan = await turn.RunAsync(entity, cancellationToken);
        return ReconciliationResult<WorkflowExecutionEntity>.Success(entity, plan?.Again);
    }

    /// <summary>Finished, let go, and to be kept: nothing that the server could tell would change anything.</summary>
    private static bool IsAtRest(WorkflowExecutionEntity entity) =>
        entity.Status?.CompletionTime is not null && entity.Spec.TtlSecondsAfterFinished is null && !entity.HasFinalizer(Names.ReleaseFinalizer);

    public Task<ReconciliationResult<WorkflowExecutionEntity>> DeletedAsync(WorkflowExecutionEntity entity, CancellationToken cancellationToken)
    {
        index.Remove(entity.Uid());
        return Task.FromResult(ReconciliationResult<WorkflowExecutionEntity>.Success(entity));
    }
}
