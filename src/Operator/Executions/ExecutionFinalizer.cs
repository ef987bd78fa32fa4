using Bulkhead.Kubernetes.Entities;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Finalizer;

namespace Bulkhead.Operator.Executions;

/// <summary>Holds an execution that is being deleted until its connections are released. The same turn as ever: only its plan knows of the deletion.</summary>
internal sealed class ExecutionFinalizer(ExecutionTurn turn) : IEntityFinalizer<WorkflowExecutionEntity>
{
    /// <summary>A pod event wakes it sooner.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    public async Task<ReconciliationResult<WorkflowExecutionEntity>> FinalizeAsync(WorkflowExecutionEntity entity, CancellationToken cancellationToken)
    {
        var plan = await turn.RunAsync(entity, cancellationToken);
        return plan is null or { IsReleased: true }
            ? ReconciliationResult<WorkflowExecutionEntity>.Success(entity)
            : ReconciliationResult<WorkflowExecutionEntity>.Failure(entity, "Its connections are not released yet.", requeueAfter: plan.Again ?? LookAgain);
    }
}
