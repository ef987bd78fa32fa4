using Bulkhead.Api.Loading;
using Bulkhead.Api.Resources;
using Bulkhead.Api.Workflows;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Workflows;

/// <summary>Says of each Workflow whether it is valid, with all its faults, and wakes executions that wait for it.</summary>
internal sealed class WorkflowController(IKubernetesClient client, WaitingExecutions waiting, TimeProvider clock) : IEntityController<WorkflowEntity>
{
    public async Task<ReconciliationResult<WorkflowEntity>> ReconcileAsync(WorkflowEntity entity, CancellationToken cancellationToken)
    {
        await waiting.WakeAsync(entity.Namespace(), cancellationToken);
        if (entity.Status?.ObservedGeneration == entity.Generation()) return ReconciliationResult<WorkflowEntity>.Success(entity);
        var current = await client.GetAsync<WorkflowEntity>(entity.Name(), entity.Namespace(), cancellationToken);
        if (current is null || current.Uid() != entity.Uid()) return ReconciliationResult<WorkflowEntity>.Success(entity);
        current.Status = Judge(current, clock.GetUtcNow());
        await client.UpdateStatusAsync(current, cancellationToken);
        return ReconciliationResult<WorkflowEntity>.Success(entity);
    }

    public Task<ReconciliationResult<WorkflowEntity>> DeletedAsync(WorkflowEntity entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<WorkflowEntity>.Success(entity));

    internal static WorkflowStatus Judge(WorkflowEntity entity, DateTimeOffset now)
    {
        var loaded = WorkflowLoader.Load(entity.Spec.Workflow);
        var (reason, message) = loaded.Workflow is null
            ? (Reasons.Invalid, string.Join("; ", loaded.Problems.Select(Problems.Text)))
            : ("Valid", string.Join("; ", loaded.Warnings.Select(Problems.Text)));
        return new WorkflowStatus
        {
            ObservedGeneration = entity.Generation(),
            Plan = loaded.Workflow is { } workflow ? Plan(workflow) : null,
            Conditions = OneCondition.Of("Valid", loaded.Workflow is not null, reason, message, entity.Status?.Conditions, entity.Generation(), now),
        };
    }

    private static PlanSummary Plan(Workflow workflow)
    {
        var sections = workflow.Transitions.Values.SelectMany(t => t).Select(t => t.Parallel).OfType<ParallelSection>().ToList();
        return new PlanSummary
        {
            Dialect = workflow.Dialect.ToString(),
            Nodes = workflow.AllNodes().Count(),
            Groups = workflow.Plan?.ParallelGroups.Count ?? sections.Count,
            Widest = workflow.Plan?.ParallelGroups.Max(g => g.Nodes.Count) ?? sections.Select(s => s.Branches.Count).DefaultIfEmpty(1).Max(),
        };
    }
}
