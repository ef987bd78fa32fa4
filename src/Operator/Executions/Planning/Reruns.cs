using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions.Status;
using k8s;
using KubeOps.Abstractions.Events;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>A finished execution whose rerunToken was changed: another run with the same job, once the last one is let go (docs/decisions/0026).</summary>
internal static class Reruns
{
    /// <summary>Runs that a status remembers.</summary>
    internal const int MostPastRuns = 5;
    private const int LongestMessage = 256;

    /// <summary>A token that was there when the last run began asks for nothing; so does one that was taken away.</summary>
    public static bool IsAsked(WorkflowExecutionEntity execution) =>
        execution.Status is { CompletionTime: not null, RerunToken: { } began } && execution.Spec.RerunToken is { Length: > 0 } token && token != began;

    /// <summary>The finalizer and the job's fence are there before the status says that it goes on; it waits for a slot like any other.</summary>
    public static Plan Plan(Observed o, IReadOnlyList<Step> unfence)
    {
        if (o.IsAdmitted && o.Job is null)
        {
            const string Gone = "The job of the last run is gone, so it cannot be run again. Create a new execution.";
            return new Plan([.. unfence, new WriteStatus(Statuses.Seen(o) with { RerunToken = o.Spec.RerunToken }), new Announce(EventType.Warning, Reasons.RerunRefused, Gone)]);
        }

        List<Step> hold = o.IsAdmitted ? [new AttachFinalizer(), new FenceJob()] : [];
        return new Plan([.. unfence, .. hold, new WriteStatus(Status(o)), new Announce(EventType.Normal, Reasons.Rerun, "rerunToken has changed: it is run again.")]);
    }

    private static WorkflowExecutionStatus Status(Observed o)
    {
        const string Message = "It is to be run again.";
        var status = Statuses.Seen(o) with
        {
            Phase = Phases.Waiting,
            RerunToken = o.Spec.RerunToken,
            FirstAttempt = o.IsAdmitted ? o.Attempt + 1 : null,
            Replaced = null,
            StartTime = null,
            CompletionTime = null,
            Outputs = null,
            Nodes = o.Status.Nodes is { } nodes ? new NodesStatus { Total = nodes.Total } : null,
            PastRuns = [.. (o.Status.PastRuns ?? []).Prepend(Past(o.Status)).Take(MostPastRuns)],
        };
        status = status.With(ConditionTypes.Admitted, false, Reasons.Rerun, Message, o.Now)
            .With(ConditionTypes.Succeeded, null, Reasons.Rerun, Message, o.Now)
            .InProgress(Reasons.Rerun, Message, o.Now);
        return o.IsAdmitted ? status.With(ConditionTypes.PodReady, false, Reasons.AttemptOver, Message, o.Now, restamp: true) : status;
    }

    private static PastRun Past(WorkflowExecutionStatus status) => new()
    {
        Attempt = status.Attempt ?? 0,
        Phase = status.Phase ?? Phases.Failed,
        Reason = status.Reason(ConditionTypes.Succeeded),
        Message = StatusEdit.Cut(status.Condition(ConditionTypes.Succeeded)?.Message, LongestMessage),
        StartTime = status.StartTime,
        CompletionTime = status.CompletionTime,
    };
}
