using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Metrics;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;

namespace Bulkhead.Operator.Executions;

/// <summary>Brings an execution one step further, each time it or one of its pods changes.</summary>
internal sealed class ExecutionController(
    ExecutionTurn turn, AdmissionLine line, ExecutionIndex index, History history, Leftovers leftovers, Sights sights, WaitingExecutions waiting, TimeProvider clock)
    : IEntityController<WorkflowExecutionEntity>
{
    public async Task<ReconciliationResult<WorkflowExecutionEntity>> ReconcileAsync(WorkflowExecutionEntity entity, CancellationToken cancellationToken)
    {
        await history.NoteAsync(entity, cancellationToken);
        if (IsAtRest(entity) && !history.IsBeyond(entity.Uid()))
        {
            index.Put(entity);
            sights.Forget(entity.Uid());
            return ReconciliationResult<WorkflowExecutionEntity>.Success(entity);
        }

        // One that has waited too long has been told all but that.
        var patience = Times.QueueLeft(entity, clock.GetUtcNow());
        if (!(patience <= TimeSpan.Zero) && await line.IsToldAsync(entity, cancellationToken))
        {
            index.Put(entity);
            return ReconciliationResult<WorkflowExecutionEntity>.Success(entity, patience);
        }

        if (sights.IsSeen(entity, out var left)) return ReconciliationResult<WorkflowExecutionEntity>.Success(entity, left);
        var plan = await turn.RunAsync(entity, cancellationToken);
        return ReconciliationResult<WorkflowExecutionEntity>.Success(entity, plan?.Again);
    }

    /// <summary>Finished, seen as it is, let go, and to be kept: nothing that the server could tell would change anything.</summary>
    private static bool IsAtRest(WorkflowExecutionEntity entity) =>
        entity.Status?.CompletionTime is not null && entity.Status.ObservedGeneration == entity.Generation() && entity.Spec.TtlSecondsAfterFinished is null && !Reruns.IsAsked(entity) && !entity.HasFinalizer(Names.ReleaseFinalizer);

    public async Task<ReconciliationResult<WorkflowExecutionEntity>> DeletedAsync(WorkflowExecutionEntity entity, CancellationToken cancellationToken)
    {
        index.Remove(entity.Uid());
        history.Forget(entity.Uid());
        sights.Forget(entity.Uid());
        waiting.Forget(entity);
        await line.ForgetAsync(entity.Uid(), cancellationToken);
        await leftovers.LetGoAsync(entity.Name(), entity.Namespace(), entity.Uid(), cancellationToken);
        return ReconciliationResult<WorkflowExecutionEntity>.Success(entity);
    }
}
