using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;
using Spectre.Console.Rendering;

namespace Bulkhead.Cli.Cluster.Describing;

/// <summary>All that is known of one execution, for a person. Pure.</summary>
internal static class Description
{
    public static IEnumerable<IRenderable> Of(WorkflowExecutionEntity e, IReadOnlyList<NodeLine>? lines, IEnumerable<Corev1Event> events, DateTimeOffset now)
    {
        yield return Head(e, now);
        if (NodeTree.Of(e, lines) is { } tree) yield return tree;
        if (e.Status?.Connections is { Count: > 0 } connections)
        {
            yield return TextTable.Of(connections.Select(c => new[] { c.Name, c.Type ?? "-", c.State, c.Handle ?? "-", c.Message ?? "" })
                .Prepend(["CONNECTION", "TYPE", "STATE", "HANDLE", "MESSAGE"]));
        }

        if (e.Status?.Conditions is { Count: > 0 } conditions)
        {
            yield return TextTable.Of(conditions.Select(c => new[] { c.Type, c.Status, c.Reason, Elapsed.Since(c.LastTransitionTime, now), c.Message })
                .Prepend(["CONDITION", "STATUS", "REASON", "SINCE", "MESSAGE"]));
        }

        var told = events.Select(x => (Event: x, At: Elapsed.Utc(x.LastTimestamp ?? x.EventTime ?? x.CreationTimestamp()))).OrderBy(x => x.At).ToList();
        if (told.Count == 0) yield break;
        yield return TextTable.Of(told.Select(x => new[] { x.Event.Reason ?? "", x.Event.Type ?? "", Elapsed.Since(x.At, now), $"{x.Event.Count ?? 1}", x.Event.Message ?? "" })
            .Prepend(["EVENT", "TYPE", "AGE", "COUNT", "MESSAGE"]));
    }

    private static IRenderable Head(WorkflowExecutionEntity e, DateTimeOffset now)
    {
        var rows = new List<string[]>();
        void Row(string name, string? value)
        {
            if (value is { Length: > 0 }) rows.Add([name, value]);
        }

        Row("Name:", $"{e.Namespace()}/{e.Name()}");
        Row("Phase:", e.Phase() + (e.DeletionTimestamp() is null ? "" : $", being deleted for {Elapsed.Since(Elapsed.Utc(e.DeletionTimestamp()), now)}"));
        Row("Wanted:", e.Spec.DesiredState is null or "Running" ? null : e.Spec.DesiredState);
        Row("Owner:", $"tenant {e.Tenant() ?? "-"}, user {e.Spec.UserId ?? "-"}");
        Row("Execution:", e.Status?.ExecutionId is { } id ? $"{id}{(e.Status.Attempt is { } attempt ? $", attempt {attempt}" : "")}" : null);
        Row("Created:", $"{e.Created():u} ({Elapsed.Since(e.Created(), now)} ago)");
        Row("Runs before:", string.Join("; ", (e.Status?.PastRuns ?? []).Select(r => $"{r.Phase} {r.Reason} (attempt {r.Attempt}, {Elapsed.Since(r.CompletionTime, now)} ago)")));
        Row("Ran:", e.Took(now) is { } took ? $"{Elapsed.Text(took)}{(e.IsFinished() ? "" : " so far")}" : null);
        if (e.Why() is { } why) Row(e.IsFinished() ? "Ended:" : "Waits:", $"{why.Reason}: {why.Message}");
        Row("Hint:", e.Why() is { Reason: "UserLimit" or "TenantLimit" or "ClusterLimit" } ? "bulkhead top shows who holds the slots" : null);
        var released = e.Condition("ConnectionsReleased");
        Row("Released:", released is null ? null : $"{released.Status}, {released.Reason}{(released.Message.Length > 0 ? $": {released.Message}" : "")}");
        return TextTable.Of(rows);
    }
}
