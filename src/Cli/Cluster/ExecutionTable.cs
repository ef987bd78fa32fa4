using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;
using Spectre.Console.Rendering;

namespace Bulkhead.Cli.Cluster;

/// <summary>Executions as a table. Pure.</summary>
internal static class ExecutionTable
{
    public static IRenderable Of(IEnumerable<WorkflowExecutionEntity> executions, bool withNamespace, DateTimeOffset now)
    {
        string[] titles = ["NAME", "PHASE", "REASON", "NODES", "TENANT", "USER", "ATTEMPT", "TOOK", "AGE"];
        return TextTable.Of(executions.Select(e => withNamespace ? [e.Namespace(), .. Cells(e, now)] : Cells(e, now)).Prepend(withNamespace ? ["NAMESPACE", .. titles] : titles));
    }

    private static string[] Cells(WorkflowExecutionEntity e, DateTimeOffset now) =>
    [
        e.Name(), e.Phase() + (e.DeletionTimestamp() is null ? "" : ",Deleting"), Reason(e), Nodes(e), e.Tenant() ?? "-",
        e.Spec.UserId ?? "-", e.Status?.Attempt?.ToString() ?? "-", e.Took(now) is { } took ? Elapsed.Text(took) : "-", Elapsed.Since(e.Created(), now),
    ];

    private static string Nodes(WorkflowExecutionEntity execution) => execution.Status?.Nodes is { } nodes ? $"{nodes.Done}/{nodes.Total}" : "-";

    private static string Reason(WorkflowExecutionEntity execution) =>
        execution.Why()?.Reason ?? (execution.IsFinished() ? execution.Condition("Succeeded") : execution.Condition("PodReady"))?.Reason ?? "-";
}
