using Bulkhead.Operator.Executions.Status;
using k8s.Models;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>A finished execution: what its end left undone, then its time to live and its place among those that are kept.</summary>
internal static class FinishedPlan
{
    /// <summary>What says that Git or a chart owns an object: deleting it would only make the owner create it, and run it, again.</summary>
    private static readonly string[] TrackedBy =
    [
        "argocd.argoproj.io/tracking-id", "argocd.argoproj.io/instance", "kustomize.toolkit.fluxcd.io/name", "helm.toolkit.fluxcd.io/name", "meta.helm.sh/release-name",
        // Argo CD's own label until its version 3, unless it is told to use another.
        "app.kubernetes.io/instance",
    ];

    public static Plan Plan(Observed o)
    {
        List<Step> unfence = [];
        if (o.Worker is { IsFenced: true, IsOurs: true }) unfence.Add(new UnfencePod(o.Worker.Name));
        if (o.Release is { IsFenced: true, IsOurs: true }) unfence.Add(new UnfencePod(o.Release.Name));
        if (o.IsRerunWanted) return Reruns.Plan(o, unfence);
        List<Step> steps = o.Status.ObservedGeneration == o.Execution.Generation() ? unfence : [new WriteStatus(Statuses.Seen(o)), .. unfence];
        if (o.Execution.HasFinalizer(Names.ReleaseFinalizer)) steps.Add(new UnfenceJob());
        if (o.IsDeleting) return new Plan(steps, IsReleased: true);
        if (o.Execution.HasFinalizer(Names.ReleaseFinalizer)) steps.Add(new DetachFinalizer());
        if (o.IsBeyondHistory) return Expire(o, steps);
        if (o.Spec.TtlSecondsAfterFinished is not { } ttl) return new Plan(steps);
        var left = o.Status.CompletionTime!.Value + TimeSpan.FromSeconds(ttl) - o.Now;
        return left > TimeSpan.Zero ? new Plan(steps, left) : Expire(o, steps);
    }

    private static Plan Expire(Observed o, List<Step> steps)
    {
        if (!IsTracked(o)) return new Plan([.. steps, new DeleteExecution()]);
        if (o.Worker is { IsOurs: true, DeletingSince: null }) steps.Add(new EndPod(o.Worker.Name));
        return new Plan([.. steps, new DeleteJob()]);
    }

    private static bool IsTracked(Observed o) => TrackedBy.Any(key =>
        o.Execution.Metadata.Labels?.ContainsKey(key) == true || o.Execution.Metadata.Annotations?.ContainsKey(key) == true)
        || o.Execution.GetLabel("app.kubernetes.io/managed-by") == "Helm";
}
