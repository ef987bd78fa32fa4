using Bulkhead.Api.Contract;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>What a released attempt means for the execution: an end, or something that comes next.</summary>
/// <param name="Phase">Succeeded, Failed or Cancelled.</param>
/// <param name="Next">Null: this was the last attempt.</param>
internal sealed record Outcome(string Phase, string Reason, string Message, Next? Next = null)
{
    public static Outcome Of(Observed o, WorkerEnd end, bool isReleased)
    {
        // What the worker recorded counts, whoever asked it to end, unless all it says is that it was asked.
        if (end.Record is { Phase: ExecutionPhase.Succeeded }) return new(Phases.Succeeded, Reasons.Completed, "Every node that had to run has run.");
        if (end.Record is { Phase: ExecutionPhase.Failed } failed)
            return new(Phases.Failed, failed.Reason ?? "Failed", failed.Message ?? Text(failed));
        if (end.Record is { Phase: ExecutionPhase.Suspended })
            return new(Phases.Failed, Reasons.Interrupted, "The workflow interrupted itself; in the cluster it cannot go on from there.");
        if (end.Record is { Phase: ExecutionPhase.Cancelled, Reason: Reasons.Stopped })
            return new(Phases.Cancelled, Reasons.Stopped, "No other node was started, because desiredState asked for it; what ran has ended, and finally has run.");
        return Cause(o) switch
        {
            Reasons.Suspended => new("", "", "", new Next(Phases.Suspended, Reasons.Suspended, Statuses.SuspendedMessage, IsReplacement: false)),
            Reasons.Replaced => new(Phases.Cancelled, Reasons.Replaced, "Ended because another execution with the same concurrencyKey runs in its place."),
            Reasons.Terminated or Reasons.Stopped => new(Phases.Cancelled, Cause(o)!, "Ended because desiredState asked for it."),
            Reasons.TimedOut => new(Phases.Failed, Reasons.TimedOut, "The worker ran longer than timeouts.active."),
            _ => Infrastructure(o, end, isReleased),
        };
    }

    /// <summary>The worker died, or was taken away, and nobody of this execution asked for it.</summary>
    private static Outcome Infrastructure(Observed o, WorkerEnd end, bool isReleased)
    {
        var reason = end.Record is null ? end.Reason : Reasons.PodDeleted;
        var message = end.Record is null ? end.Message : "The worker was asked to end by somebody else.";
        var replaced = o.Status.Replaced ?? 0;
        if (end is { NeverStarted: true, Reason: Reasons.NeverStarted or Reasons.NotWanted } && o.Spec.DesiredState is null or "Running" && replaced < SettlePlan.MostReplaced)
            return new("", "", "", new Next(Phases.Pending, reason, "The worker never started; it is replaced.", IsReplacement: true));
        var counted = o.Attempt - replaced - ((o.Status.FirstAttempt ?? 1) - 1);
        // Two attempts side by side are worse than none; and what could not be started once cannot be started again.
        var mayFollow = isReleased && !end.IsUncertain && end is not { NeverStarted: true, Reason: Reasons.Invalid };
        if (mayFollow && o.Spec.RetryPolicy is { OnPodFailure: "Restart", MaxAttempts: { } most } && counted < most)
            return new("", "", "", new Next(Phases.Pending, reason, $"{message} Attempt {counted + 1} of {most} follows, from the first node.", IsReplacement: false));
        return new(Phases.Failed, reason, message);
    }

    private static string? Cause(Observed o)
    {
        var written = o.Status.Reason(ConditionTypes.PodReady);
        if (Statuses.IsStopCause(written)) return written;
        if (o.ReplacedBy is not null) return Reasons.Replaced;
        return o.Spec.DesiredState is "Suspended" or "Stopped" or "Terminated" ? o.Spec.DesiredState : null;
    }

    private static string Text(WorkerTermination record) =>
        record.Problems.Count > 0 ? string.Join("; ", record.Problems.Select(Problems.Text))
        : record.Nodes.FirstOrDefault(n => n.Status == NodeStatus.Failed) is { } node ? $"Node {node.Name} failed: {node.Error}"
        : "The workflow failed.";
}

/// <param name="Phase">Suspended, or Pending before a restart.</param>
/// <param name="IsReplacement">The worker never started: the next one does not count as an attempt of the retry policy.</param>
internal sealed record Next(string Phase, string Reason, string Message, bool IsReplacement);
