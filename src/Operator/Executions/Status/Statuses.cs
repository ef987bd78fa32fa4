using Bulkhead.Api.Contract;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;

namespace Bulkhead.Operator.Executions.Status;

/// <summary>Every status that an execution can have, each made from the last one. Pure.</summary>
internal static class Statuses
{
    public static bool IsStopCause(string? reason) =>
        reason is Reasons.Deleted or Reasons.Suspended or Reasons.Stopped or Reasons.Terminated or Reasons.Replaced or Reasons.TimedOut or Reasons.PodDeleted;

    public static WorkflowExecutionStatus Waiting(Observed o, string phase, string reason, string message) => Base(o) with { Phase = phase } is var s
        ? s.With(ConditionTypes.Admitted, false, reason, message, o.Now).InProgress(reason, message, o.Now)
        : s;

    /// <summary>Nothing but a slot is missing.</summary>
    public static WorkflowExecutionStatus Queued(Observed o, Standing standing) =>
        Waiting(o, Phases.Waiting, standing.Reason!, standing.Message) with { TenantId = o.Draft?.Job?.TenantId ?? o.Status.TenantId };

    /// <summary>Suspended between two attempts: its slot is given back.</summary>
    public static WorkflowExecutionStatus Suspended(Observed o) => WithoutSlot(Base(o), o.Now)
        .With(ConditionTypes.Succeeded, null, Reasons.Suspended, SuspendedMessage, o.Now).InProgress(Reasons.Suspended, SuspendedMessage, o.Now);

    internal const string SuspendedMessage = "Suspended; Running again starts a new attempt from the first node.";

    private static WorkflowExecutionStatus WithoutSlot(WorkflowExecutionStatus status, DateTimeOffset now) =>
        (status with { Phase = Phases.Suspended }).With(ConditionTypes.Admitted, false, Reasons.Suspended, "Its slot is given back.", now);

    /// <summary>It ends before anything was made for it.</summary>
    public static WorkflowExecutionStatus NeverAdmitted(Observed o, string phase, string reason, string message) =>
        End(
            Base(o).With(ConditionTypes.Admitted, false, reason, message, o.Now)
                .With(ConditionTypes.ConnectionsReleased, true, Reasons.NothingOpened, "Nothing was opened.", o.Now),
            o, phase, reason, message);

    public static WorkflowExecutionStatus Admitted(Observed o, JobDraft draft) => (Base(o) with
    {
        Phase = Phases.Pending,
        SpecHash = SpecHash.Of(o.Spec),
        JobHash = draft.Hash,
        TenantId = draft.Job!.TenantId,
        Attempt = o.Attempt,
        Nodes = new NodesStatus { Total = draft.Nodes },
        Connections = [.. draft.Job.Connections.Select(c => new ConnectionUse { Name = c.Name, State = nameof(ConnectionState.NotOpened) })],
    })
        .With(ConditionTypes.Admitted, true, Reasons.JobFixed, AdmittedMessage(draft.Job.TenantId), o.Now)
        .With(ConditionTypes.PodReady, false, Reasons.PodPending, "", o.Now)
        .With(ConditionTypes.Succeeded, null, Reasons.InProgress, "", o.Now)
        .InProgress(Reasons.PodPending, "The worker pod is on its way.", o.Now);

    private static string AdmittedMessage(string? tenant) => $"Runs as tenant {tenant}; later edits of the spec change nothing.";

    public static WorkflowExecutionStatus Pending(Observed o, string reason, string message) => Drift(o, Base(o))
        .With(ConditionTypes.PodReady, false, reason, message, o.Now)
        .InProgress(reason, message, o.Now);

    public static WorkflowExecutionStatus Running(Observed o, PodFacts worker, string reason = Reasons.Running, string message = "The worker runs.") => (Drift(o, Base(o)) with
    {
        Phase = Phases.Running,
        StartTime = o.Status.StartTime ?? worker.StartedAt ?? o.Now,
        Connections = [.. (o.Status.Connections ?? []).Select(c => c with { State = nameof(ConnectionState.Open) })],
    })
        .With(ConditionTypes.PodReady, true, reason, message, o.Now)
        .With(
            ConditionTypes.ConnectionsReleased, o.Status.Connections is not { Count: > 0 },
            o.Status.Connections is { Count: > 0 } ? Reasons.ConnectionsOpen : Reasons.NothingOpened, "", o.Now)
        .InProgress(reason, message, o.Now);

    /// <summary>The worker was asked to end, or is about to be.</summary>
    public static WorkflowExecutionStatus Ending(Observed o, string reason, string message, bool restamp = false) => Base(o)
        .With(ConditionTypes.PodReady, false, reason, message, o.Now, restamp)
        .InProgress(reason, message, o.Now);

    public static WorkflowExecutionStatus Releasing(Observed o, string reason, string message, bool restamp) => (Base(o) with { Phase = Phases.Releasing })
        .With(ConditionTypes.PodReady, false, PodReadyReason(o), "", o.Now)
        .With(ConditionTypes.ConnectionsReleased, false, reason, message, o.Now, restamp)
        .InProgress(reason, message, o.Now);

    /// <summary>The connections as the release left them.</summary>
    public static WorkflowExecutionStatus Released(Observed o, WorkerEnd end, ReleaseProgress progress)
    {
        var known = (progress.Connections ?? []).Concat(end.Record?.Connections ?? []).ToLookup(c => c.Name, StringComparer.Ordinal);
        var uses = (o.Status.Connections ?? []).Select(c =>
        {
            if (end.NeverStarted) return c with { State = nameof(ConnectionState.NotOpened), Message = null };
            var results = known[c.Name].ToList();
            if (results.Count == 0) return c with { State = nameof(ConnectionState.Released) };
            var last = results[0];
            return new ConnectionUse
            {
                Name = c.Name,
                Type = StatusEdit.Cut(results.Select(r => r.Type).FirstOrDefault(t => t.Length > 0), 64),
                Key = StatusEdit.Cut(results.Select(r => r.Key).FirstOrDefault(k => k.Length > 0), 512),
                Handle = StatusEdit.Cut(results.Select(r => r.Handle).FirstOrDefault(h => h is not null), 64),
                State = last.State.ToString(),
                Message = StatusEdit.Cut(last.Message, 512),
            };
        });
        return StatusSize.Fit((Base(o) with { Connections = [.. uses] })
            .With(ConditionTypes.PodReady, false, PodReadyReason(o), "", o.Now)
            .With(ConditionTypes.ConnectionsReleased, progress.Reason != Reasons.Orphaned, progress.Reason, progress.Message, o.Now));
    }

    /// <summary>Released while it is being deleted. Whoever reads this needs neither pod nor job any more.</summary>
    public static WorkflowExecutionStatus Over(WorkflowExecutionStatus released, Observed o, WorkerEnd end) =>
        released.With(ConditionTypes.PodReady, false, Reasons.AttemptOver, end.Message, o.Now);

    public static WorkflowExecutionStatus AttemptOver(WorkflowExecutionStatus released, Observed o, WorkerEnd end, Next next) =>
        ((next.Phase == Phases.Suspended ? WithoutSlot(released, o.Now) : released) with
        {
            Phase = next.Phase,
            Replaced = next.IsReplacement ? (o.Status.Replaced ?? 0) + 1 : o.Status.Replaced,
        })
        .With(ConditionTypes.PodReady, false, Reasons.AttemptOver, end.Message, o.Now, restamp: true)
        .With(ConditionTypes.Succeeded, null, next.Reason, next.Message, o.Now)
        .InProgress(next.Reason, next.Message, o.Now);

    public static WorkflowExecutionStatus NextAttempt(Observed o) => (Base(o) with
    {
        Phase = Phases.Pending,
        Attempt = o.Attempt + 1,
        Nodes = o.Status.Nodes is { } nodes ? new NodesStatus { Total = nodes.Total } : null,
        Connections = [.. (o.Status.Connections ?? []).Select(c => new ConnectionUse { Name = c.Name, State = nameof(ConnectionState.NotOpened) })],
    })
        .With(ConditionTypes.Admitted, true, Reasons.JobFixed, AdmittedMessage(o.Status.TenantId), o.Now)
        .With(ConditionTypes.PodReady, false, Reasons.PodPending, "", o.Now)
        .With(ConditionTypes.Succeeded, null, Reasons.InProgress, "", o.Now)
        .InProgress(Reasons.PodPending, $"Attempt {o.Attempt + 1}: the worker pod is on its way.", o.Now);

    public static WorkflowExecutionStatus Finished(WorkflowExecutionStatus released, Observed o, WorkerEnd end, Outcome outcome) =>
        StatusSize.Fit(End(Results.Into(released, o, end), o, outcome.Phase, outcome.Reason, outcome.Message));

    public static string JobNameTaken(WorkflowExecutionEntity execution) =>
        $"The ConfigMap {Names.Job(execution.Metadata.Name, execution.Metadata.Uid)} exists and is not this execution's job; it is neither used nor deleted.";

    /// <summary>The same, said of the generation that was looked at: an edit after the end changes nothing, and tools wait for that word.</summary>
    public static WorkflowExecutionStatus Seen(Observed o) => Base(o);

    /// <summary>What is known of an execution whose status somebody took away: it was admitted, since its job is there, and may have run.</summary>
    public static WorkflowExecutionStatus Recovered(Observed o, int attempt)
    {
        const string Message = "The status was taken away while the job is there; it is never run a second time because of that.";
        return (Base(o) with
        {
            Phase = Phases.Pending,
            SpecHash = SpecHash.Of(o.Spec),
            JobHash = o.LostJobHash,
            Attempt = attempt,
            TenantId = o.Job?.TenantId,
            CompletionTime = null,
            Connections = [.. (o.Job?.Connections ?? []).Select(c => new ConnectionUse { Name = c, State = nameof(ConnectionState.Unknown) })],
        })
            .With(ConditionTypes.Admitted, true, Reasons.JobFixed, "", o.Now)
            .With(ConditionTypes.PodReady, false, Reasons.StatusLost, Message, o.Now)
            .With(ConditionTypes.Succeeded, null, Reasons.InProgress, "", o.Now)
            .InProgress(Reasons.StatusLost, Message, o.Now);
    }

    /// <summary>It ends between two attempts.</summary>
    public static WorkflowExecutionStatus Ended(Observed o, string phase, string reason, string message) => End(Base(o), o, phase, reason, message);

    private static WorkflowExecutionStatus End(WorkflowExecutionStatus status, Observed o, string phase, string reason, string message)
    {
        status = (status with { Phase = phase, CompletionTime = StatusEdit.Seconds(o.Now) })
            .With(ConditionTypes.Succeeded, phase == Phases.Succeeded, reason, message, o.Now);
        return phase == Phases.Failed ? status.StandsStill(reason, message, o.Now) : status.AtRest();
    }

    private static WorkflowExecutionStatus Base(Observed o) => o.Status with
    {
        ObservedGeneration = o.Execution.Metadata.Generation,
        ExecutionId = $"exec_{o.Execution.Metadata.Uid}",
        Attempt = o.IsAdmitted ? o.Attempt : o.Status.Attempt,
        RerunToken = o.Status.RerunToken ?? o.Spec.RerunToken ?? "",
        Conditions = [.. (o.Status.Conditions ?? []).Select(c => c with { ObservedGeneration = o.Execution.Metadata.Generation })],
    };

    private static string PodReadyReason(Observed o) =>
        o.Status.Reason(ConditionTypes.PodReady) is { } reason && IsStopCause(reason) ? reason : Reasons.WorkerEnded;

    private static WorkflowExecutionStatus Drift(Observed o, WorkflowExecutionStatus status)
    {
        var drifted = SpecHash.Of(o.Spec) != o.Status.SpecHash;
        const string Message = "An immutable field was edited after admission. The job that was admitted stays; create a new execution for the new spec.";
        return drifted ? status.With(ConditionTypes.SpecDrift, true, Reasons.ImmutableFieldEdited, Message, o.Now) : status.Without(ConditionTypes.SpecDrift);
    }
}
