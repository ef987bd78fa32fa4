using Bulkhead.Api.Contract;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;
using KubeOps.Abstractions.Events;

namespace Bulkhead.Operator.Executions.Planning;

/// <summary>
/// A worker is gone. First its connections: proven by the worker, or released by owner tag until they are. Then the outcome: finished, suspended,
/// another attempt, or (where the execution is being deleted) nothing more.
/// </summary>
internal static class SettlePlan
{
    /// <summary>Workers that never started are replaced without counting as attempts, but not for ever.</summary>
    internal const int MostReplaced = 5;

    public static Plan Plan(Observed o, WorkerEnd end)
    {
        if (!end.IsReleaseProven && o.Status.Connections is { Count: > 0 })
        {
            var progress = ReleasePlan.Plan(o, end);
            if (progress.Plan is { } more) return more;
            return Settled(o, end, Statuses.Released(o, end, progress), progress);
        }

        var reason = end.NeverStarted || o.Status.Connections is not { Count: > 0 } ? Reasons.NothingOpened : Reasons.ReleasedByWorker;
        var released = new ReleaseProgress(null, reason, "", end.NeverStarted ? null : Uses(end));
        return Settled(o, end, Statuses.Released(o, end, released), released);
    }

    private static Plan Settled(Observed o, WorkerEnd end, Api.Resources.WorkflowExecutionStatus released, ReleaseProgress progress)
    {
        List<Step> announced = progress.Reason == Reasons.Orphaned
            ? [new Announce(EventType.Warning, Reasons.Orphaned, progress.Message)]
            : [];
        List<Step> unfence = [new UnfencePod(Names.Worker(o.Execution.Metadata.Name, o.Execution.Metadata.Uid, o.Attempt))];
        if (o.Release is not null) unfence.Add(new UnfencePod(o.Release.Name));

        if (o.IsDeleting)
            return new Plan([new WriteStatus(Statuses.Over(released, o, end)), .. announced, .. unfence, new UnfenceJob()], IsReleased: true);
        var outcome = Outcome.Of(o, end, isReleased: progress.Reason != Reasons.Orphaned);
        if (outcome.Next is { } next)
        {
            return new Plan(
                [new WriteStatus(Statuses.AttemptOver(released, o, end, next)), .. announced, new Announce(EventType.Warning, next.Reason, next.Message), .. unfence],
                TimeSpan.FromSeconds(1));
        }

        var type = outcome.Phase == Phases.Succeeded ? EventType.Normal : EventType.Warning;
        return new Plan(
        [
            new WriteStatus(Statuses.Finished(released, o, end, outcome)),
            .. announced,
            new Announce(type, outcome.Reason, outcome.Message),
            .. unfence,
            new UnfenceJob(),
            new DetachFinalizer(),
        ]);
    }

    private static IReadOnlyList<ConnectionResult>? Uses(WorkerEnd end) => end.Record?.Connections;
}
