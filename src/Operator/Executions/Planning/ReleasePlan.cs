using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;
using KubeOps.Abstractions.Events;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>
/// Release by owner tag, after a worker that is gone and has proven nothing: a release pod ends the sessions and counts them again; one that cannot
/// is replaced with growing pauses, until it is proven or the deadline lets go (docs/decisions/0018).
/// </summary>
internal static class ReleasePlan
{
    /// <summary>Every bound of the sessions on the server's side has passed by then (client_connection_check_interval, keep-alives), and five seconds more.</summary>
    internal static readonly TimeSpan ServerSideExpiry = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>Its events wake the execution; this serves what has none, such as a Secret that is not there.</summary>
    private static readonly TimeSpan LookAtPod = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestGoing = TimeSpan.FromMinutes(1);

    /// <summary>By then every kubelet that answers has ended a release pod and said so.</summary>
    private static readonly TimeSpan LongestUnderway = TimeSpan.FromSeconds(PodBuilder.ReleaseSeconds) + LongestGoing;

    /// <summary>
    /// Whether its node has not answered for so long that another one takes its place. Both may run: each only ends sessions by owner tag, and counts them.
    /// </summary>
    public static bool IsStuck(PodFacts pod, DateTimeOffset now) => pod is { IsOurs: true, End: null, IsOver: false, Node: not null }
        && (now - pod.DeletingSince >= LongestGoing || now - (pod.BoundAt ?? pod.CreatedAt) >= LongestUnderway);

    public static ReleaseProgress Plan(Observed o, WorkerEnd end)
    {
        var begun = Begun(o);
        var report = o.Release is { IsOurs: true } last ? Parse(last.End?.Message) : null;
        if (report is { Proven: true }) return new ReleaseProgress(null, Reasons.ReleasedByOwnerTag, Proof(report), Results(report));
        if (o.IsOrphaningForced) return Orphaned(o, end, $"Given up by the annotation {Names.ForceRelease}.");
        if (o.IsNamespaceTerminating)
        {
            return begun is { } since && o.Now - since >= ServerSideExpiry
                ? Orphaned(o, end, "The namespace is going away and takes no release pod; what the worker left ends by the server's own limits.")
                : Wait(o, Reasons.Releasing, "The namespace is going away and takes no release pod; waiting for the server's own limits.", TimeSpan.FromSeconds(5));
        }

        if (begun is { } start && o.Spec.Release?.OnTimeout == "Orphan" && o.Now - start >= Times.Deadline(o.Spec))
            return Orphaned(o, end, "The release was not proven within release.deadline, and release.onTimeout is Orphan.");
        if (o.Release is not { } pod) return Start(o);
        if (!pod.IsOurs) return Wait(o, Reasons.ReleasePodRefused, $"The pod {pod.Name} exists and is not this execution's.", TimeSpan.FromMinutes(1));
        if (IsStuck(pod, o.Now)) return Replace(o, pod);
        if (pod is { DeletingSince: { } deleted, IsFenced: false }) return Going(o, pod, deleted);
        if (pod.End is null && !pod.IsOver && !(pod.DeletingSince is not null && Fence.IsGone(pod, o.ReleaseNode))) return Underway(o, pod);
        return Again(o, pod, report, begun ?? o.Now);
    }

    private static DateTimeOffset? Begun(Observed o) =>
        o.Status.Condition(ConditionTypes.ConnectionsReleased) is { Status: "False", Reason: not Reasons.ConnectionsOpen, LastTransitionTime: { } time } ? time : null;

    private static ReleaseProgress Start(Observed o) => o.Job is null
        ? Wait(
            o, Reasons.ReleasePodRefused,
            $"The ConfigMap with the job is gone or is not the one that was admitted, and no release pod can be made without it. End the sessions by hand, then set the annotation {Names.ForceRelease}=orphan.",
            TimeSpan.FromMinutes(1))
        : Go(o, Reasons.Releasing, Words(o), LookAtPod, new CreateRelease(o.Attempt));

    private static string Words(Observed o) =>
        o.SilentNode is { } node ? $"A release pod ends the sessions by owner tag; the node {node} of one before it does not answer." : "A release pod ends the sessions by owner tag.";

    /// <summary>Let go, it goes with its node or when that comes back.</summary>
    private static ReleaseProgress Replace(Observed o, PodFacts pod)
    {
        if (o.Job is null) return Start(o);
        var message = $"The release pod {pod.Name} does not end: its node {pod.Node} does not answer. Another one takes its place.";
        IReadOnlyList<Step> end = pod.DeletingSince is null ? [new EndPod(pod.Name)] : [];
        IReadOnlyList<Step> unfence = pod.IsFenced ? [new UnfencePod(pod.Name)] : [];
        return Go(o, Reasons.ReleasePodRefused, message, LookAgain, [.. unfence, .. end, new CreateRelease(o.Attempt, pod.Uid)]);
    }

    private static ReleaseProgress Going(Observed o, PodFacts pod, DateTimeOffset since) => o.Now - since < LongestGoing
        ? Wait(o, Reasons.Releasing, "The next release pod waits for the last one to go.", LookAgain)
        : Wait(o, Reasons.ReleasePodRefused, $"The release pod {pod.Name} is deleted and does not go: its node does not answer, or a finalizer of somebody else holds it.", TimeSpan.FromSeconds(10));

    private static ReleaseProgress Underway(Observed o, PodFacts pod)
    {
        if (PendingReason.Of(pod) is var (reason, message))
            return Wait(o, Reasons.ReleasePodRefused, $"The release pod {pod.Name} does not start: {reason}: {message}", TimeSpan.FromSeconds(5));
        return Wait(o, Reasons.Releasing, Words(o), LookAtPod);
    }

    /// <summary>The pod that failed stays as a record until its successor's turn; the pause grows with the time that the release takes.</summary>
    private static ReleaseProgress Again(Observed o, PodFacts pod, ReleaseReport? report, DateTimeOffset begun)
    {
        // A pod may be over without saying when (evicted, deadline), or by a clock that runs ahead.
        var ended = pod.End?.FinishedAt ?? pod.CreatedAt;
        if (ended > o.Now) ended = o.Now;
        var cap = o.Now - begun < Times.Deadline(o.Spec) ? 10 : 60;
        var pause = TimeSpan.FromSeconds(Math.Clamp((ended - begun).TotalSeconds / 2, 1, cap));
        var message = report is null ? $"The release pod {pod.Name} ended without a report." : Faults(report);
        var left = ended + pause - o.Now;
        var reason = report?.Connections.FirstOrDefault(c => !c.Proven)?.Reason is Reasons.CredentialsMissing or Reasons.ReleaseRoleChanged
            ? report.Connections.First(c => !c.Proven).Reason!
            : Reasons.ReleaseFailed;
        return left > TimeSpan.Zero
            ? Wait(o, reason, message, left)
            : Go(o, reason, message, LookAgain, new UnfencePod(pod.Name), new EndPod(pod.Name));
    }

    private static ReleaseProgress Orphaned(Observed o, WorkerEnd end, string why)
    {
        var left = (o.Status.Connections ?? []).Where(c => end.Record?.Connections.Any(r => r.Name == c.Name && r.State == ConnectionState.Released) != true).ToList();
        var tag = new OwnerTag(Guid.Parse(o.Execution.Metadata.Uid), o.Attempt);
        var message = $"{why} Sessions with the owner tag {tag} may be left on: {string.Join(", ", left.Select(c => c.Name))}.";
        IReadOnlyList<ConnectionResult> results =
            [.. left.Select(c => new ConnectionResult(c.Name, c.Type ?? "", c.Key ?? "", c.Handle, ConnectionState.Orphaned, why))];
        return new ReleaseProgress(null, Reasons.Orphaned, message, results);
    }

    private static ReleaseProgress Wait(Observed o, string reason, string message, TimeSpan again) => Go(o, reason, message, again);

    private static ReleaseProgress Go(Observed o, string reason, string message, TimeSpan? again, params IReadOnlyList<Step> then)
    {
        var isNew = o.Status.Reason(ConditionTypes.ConnectionsReleased) != reason;
        List<Step> steps = [new WriteStatus(Statuses.Releasing(o, reason, message, restamp: Begun(o) is null))];
        if (isNew && reason != Reasons.Releasing) steps.Add(new Announce(EventType.Warning, reason, message));
        return new ReleaseProgress(new Plan([.. steps, .. then], again), reason, message, null);
    }

    private static string Proof(ReleaseReport report) =>
        $"No server shows a session of {report.OwnerTag} any more; {report.Connections.Sum(c => c.Ended)} were ended.";

    private static string Faults(ReleaseReport report) => string.Join("; ", report.Connections.Where(c => !c.Proven)
        .Select(c => $"{c.Name}: {c.Message ?? $"{c.Remaining} sessions are left"}"));

    private static IReadOnlyList<ConnectionResult> Results(ReleaseReport report) =>
        [.. report.Connections.Select(c => new ConnectionResult(c.Name, c.Type, c.Key, null, ConnectionState.Released))];

    private static ReleaseReport? Parse(string? message)
    {
        if (string.IsNullOrEmpty(message)) return null;
        try
        {
            return JsonSerializer.Deserialize(message, ContractJson.Default.ReleaseReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
