using Bulkhead.Kubernetes.Entities;
using k8s.Models;
using Spectre.Console;

namespace Bulkhead.Cli.Cluster;

/// <summary>Executions as a table. Pure.</summary>
internal static class ExecutionTable
{
    public static Table Of(IEnumerable<WorkflowExecutionEntity> executions, bool withNamespace, DateTimeOffset now)
    {
        var table = new Table().Border(TableBorder.None);
        table.AddColumns([.. withNamespace ? ["NAMESPACE"] : Array.Empty<string>(), "NAME", "PHASE", "REASON", "NODES", "TENANT", "USER", "ATTEMPT", "TOOK", "AGE"]);
        foreach (var column in table.Columns) column.NoWrap();
        foreach (var e in executions)
        {
            string[] cells =
            [
                .. withNamespace ? [e.Namespace()] : Array.Empty<string>(), e.Name(), e.Phase() + (e.DeletionTimestamp() is null ? "" : ",Deleting"), Reason(e), Nodes(e), e.Tenant() ?? "-",
                e.Spec.UserId ?? "-", e.Status?.Attempt?.ToString() ?? "-", e.Took(now) is { } took ? Elapsed.Text(took) : "-", Elapsed.Since(e.Created(), now),
            ];
            table.AddRow(cells.Select(c => new Text(c)));
        }

        return table;
    }

    public static string Nodes(WorkflowExecutionEntity execution) => execution.Status?.Nodes is { } nodes ? $"{nodes.Done}/{nodes.Total}" : "-";

    private static string Reason(WorkflowExecutionEntity execution) =>
        execution.Why()?.Reason ?? (execution.IsFinished() ? execution.Condition("Succeeded") : execution.Condition("PodReady"))?.Reason ?? "-";
}
