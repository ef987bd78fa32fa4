using k8s.Models;

namespace Bulkhead.Operator.Executions.Pods;

/// <summary>Facts from a pod as the server shows it.</summary>
internal static class PodReader
{
    /// <summary>Whoever deletes a pod may name any grace period, and servers check none; ten years keep the reckoning within the calendar.</summary>
    private const long LongestGrace = 10L * 365 * 24 * 3600;

    public static PodFacts Read(V1Pod pod, string executionUid)
    {
        // Others may have been put beside it (a service mesh's sidecar): the pod is gone when all have ended, the record is the worker's.
        var containers = pod.Status?.ContainerStatuses ?? [];
        var container = containers.FirstOrDefault(c => c.Name is PodBuilder.WorkerContainer or PodBuilder.ReleaseContainer);
        var end = container?.State?.Terminated;
        var scheduled = pod.Status?.Conditions?.FirstOrDefault(c => c.Type == "PodScheduled");
        return new PodFacts
        {
            Name = pod.Name(),
            Uid = pod.Uid(),
            IsOurs = pod.GetLabel(Names.UidLabel) == executionUid,
            Attempt = pod.GetLabel(Names.UidLabel) == executionUid && int.TryParse(pod.GetLabel(Names.AttemptLabel), out var attempt) ? attempt : null,
            JobHash = pod.GetAnnotation(Names.JobHash),
            IsFenced = pod.HasFinalizer(Names.Fence),
            IsToldToStop = pod.GetAnnotation(Names.StopAnnotation) is not null,
            // The server writes the end of the grace period, not its beginning.
            DeletingSince = Utc(pod.DeletionTimestamp()) - TimeSpan.FromSeconds(Math.Clamp(pod.Metadata.DeletionGracePeriodSeconds ?? 0, 0, LongestGrace)),
            IsGraceOver = pod.Metadata.DeletionGracePeriodSeconds == 0,
            Grace = TimeSpan.FromSeconds(pod.Spec?.TerminationGracePeriodSeconds ?? 30),
            Phase = pod.Status?.Phase ?? "Pending",
            Reason = pod.Status?.Reason,
            Message = pod.Status?.Message ?? container?.State?.Waiting?.Message ?? scheduled?.Message,
            Node = pod.Spec?.NodeName is { Length: > 0 } node ? node : null,
            CreatedAt = Utc(pod.CreationTimestamp()) ?? default,
            BoundAt = scheduled is { Status: "True" } ? Utc(scheduled.LastTransitionTime) : null,
            StartedAt = Utc(container?.State?.Running?.StartedAt ?? end?.StartedAt),
            IsRunning = container?.State?.Running is not null,
            HasWorkerEnded = end is not null,
            End = end is null || containers.Any(c => c.State?.Terminated is null) ? null : new ContainerEnd(end.ExitCode, end.Reason, Utc(end.FinishedAt), end.Message),
            Waiting = container?.State?.Waiting?.Reason,
            Unscheduled = scheduled is { Status: "False" } ? scheduled.Reason : null,
        };
    }

    private static DateTimeOffset? Utc(DateTime? time) => time is { } t ? new DateTimeOffset(DateTime.SpecifyKind(t, DateTimeKind.Utc)) : null;
}
