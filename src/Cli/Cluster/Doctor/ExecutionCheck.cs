using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;

namespace Bulkhead.Cli.Cluster.Doctor;

/// <summary>What holds, was left behind, or is not looked at. Pure.</summary>
internal sealed record ExecutionCheck
{
    private const string ReleaseFinalizer = "bulkhead.dev/release-connections";
    private const string Fence = "bulkhead.dev/fence";
    private const string UidLabel = "bulkhead.dev/execution-uid";

    public required DateTimeOffset Now { get; init; }

    /// <summary>Longer in deletion is stuck.</summary>
    public required TimeSpan Stuck { get; init; }

    /// <summary>Longer without an operator's look is lag.</summary>
    public required TimeSpan Lag { get; init; }

    public IEnumerable<Finding> Executions(IReadOnlyList<WorkflowExecutionEntity> executions)
    {
        List<Finding> findings =
        [
            .. executions.Where(e => IsStuck(e, ReleaseFinalizer)).Select(e => Finding.Wrong(
                "stuck finalizers", $"{Place(e)} is being deleted for {Elapsed.Since(Elapsed.Utc(e.DeletionTimestamp()), Now)}: {Text(e)}",
                $"bulkhead describe {Command(e)}. To give up its connections: kubectl annotate wfx {Command(e)} bulkhead.dev/force-release=orphan")),
            .. executions.Where(e => !e.IsObserved() && Now - (e.Created() ?? Now) > Lag).Select(e => Finding.Wrong(
                "lag", $"{Place(e)} was created {Elapsed.Since(e.Created(), Now)} ago, and no operator has looked at it", "Is the operator ready, and does it look at this namespace (--namespace)?")),
            .. executions.Where(e => e.IsObserved() && e.Generation() > e.Status!.ObservedGeneration && Now - (Changed(e) ?? Now) > Lag).Select(e => Finding.Wrong(
                "lag", $"{Place(e)} was changed {Elapsed.Since(Changed(e), Now)} ago, and no operator has looked at that: generation {e.Generation()}, {e.Status!.ObservedGeneration} was looked at",
                "Is the operator ready, and does it look at this namespace (--namespace)?")),
            .. executions.Where(e => e.Condition("ConnectionsReleased") is { Status: "False", Reason: "Orphaned" or "ReleaseFailed" or "ReleasePodRefused" or "ReleaseRoleChanged" }).Select(e => Finding.Wrong(
                "release", $"{Place(e)}: {e.Condition("ConnectionsReleased")!.Reason}: {e.Condition("ConnectionsReleased")!.Message}",
                e.Condition("ConnectionsReleased")!.Reason == "Orphaned"
                    ? $"End the sessions that carry the owner tag on the server, then: kubectl delete wfx {Command(e)}"
                    : "Mend what the message names; it is tried again by itself.")),
        ];
        return findings.Count > 0 ? findings : [Finding.Ok("executions", $"{executions.Count}: none stuck, none unseen, none unreleased")];
    }

    /// <param name="objects">Pods and jobs with the label of an execution.</param>
    /// <param name="executions">All of the same namespaces.</param>
    public IEnumerable<Finding> Leftovers(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> objects, IReadOnlyList<WorkflowExecutionEntity> executions)
    {
        var uids = executions.Select(e => e.Uid()).ToHashSet(StringComparer.Ordinal);
        List<Finding> findings =
        [
            .. objects.Where(o => o.HasFinalizer(Fence) && !uids.Contains(o.GetLabel(UidLabel) ?? "")).Select(o => Finding.Wrong(
                "orphans", $"{o.Kind} {Place(o)} is fenced, and its execution is gone", "The operator lets it go by itself within 10 minutes; if it does not, see the operator above.")),
            .. objects.Where(o => IsStuck(o, Fence) && uids.Contains(o.GetLabel(UidLabel) ?? "")).Select(o => Finding.Wrong(
                "stuck finalizers", $"{o.Kind} {Place(o)} is being deleted for {Elapsed.Since(Elapsed.Utc(o.DeletionTimestamp()), Now)}",
                "Its worker may still live: see its node. Remove no finalizer by hand; once the node is surely off, delete the Node object.")),
        ];
        return findings.Count > 0 ? findings : [Finding.Ok("leftovers", $"{objects.Count} pods and jobs: none orphaned, none stuck")];
    }

    /// <summary>When it was last written, as far as the server says: by whoever changed its spec, for an operator that writes has looked at it. Else when it was made.</summary>
    private static DateTimeOffset? Changed(WorkflowExecutionEntity e) =>
        Elapsed.Utc(e.Metadata.ManagedFields?.Max(f => f.Time)) ?? e.Created();

    private bool IsStuck(IKubernetesObject<V1ObjectMeta> o, string finalizer) =>
        o.HasFinalizer(finalizer) && Elapsed.Utc(o.DeletionTimestamp()) is { } since && Now - since > Stuck;

    private static string Text(WorkflowExecutionEntity e) => e.Why() is { } why ? $"{why.Reason}: {why.Message}" : e.Phase();

    private static string Place(IKubernetesObject<V1ObjectMeta> o) => $"{o.Namespace()}/{o.Name()}";

    private static string Command(IKubernetesObject<V1ObjectMeta> o) => $"{o.Name()} -n {o.Namespace()}";
}
