using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Executions;

/// <summary>Reads the facts of one execution from the server. It reads no more than the stage needs, and never a Secret.</summary>
internal sealed class Observer(
    IKubernetesClient client, AdmissionLine line, History history, JobReader jobs, NodeReader nodes, ResultReader results, PodEventReader events, TimeProvider clock)
{
    /// <returns>Null: the execution is not there any more, or another one has its name.</returns>
    public async Task<Observed?> ObserveAsync(WorkflowExecutionEntity seen, CancellationToken ct)
    {
        var execution = await client.GetAsync<WorkflowExecutionEntity>(seen.Name(), seen.Namespace(), ct);
        if (execution is null || execution.Uid() != seen.Uid()) return null;
        var observed = new Observed
        {
            Execution = execution,
            Now = clock.GetUtcNow(),
            ReplacedBy = await line.ReplacerOfAsync(execution.Uid(), ct),
            IsBeyondHistory = history.IsBeyond(execution.Uid()),
        };
        if (observed.IsFinished && !NeedsPods(observed)) return observed;
        if (!observed.IsAdmitted) return await BeforeAdmissionAsync(observed, ct);
        observed = await WithReleaseAsync(await WithWorkerAsync(observed, ct), ct);
        return observed is { IsBetweenRuns: true, IsWanted: true, ReplacedBy: null }
            ? observed with { Standing = await line.AskAsync(execution, observed.Status.TenantId ?? execution.Namespace(), ct) }
            : observed;
    }

    /// <summary>The worker of the highest attempt that still has its fence, whatever the status says.</summary>
    private async Task<PodFacts?> StrayAsync(Observed o, CancellationToken ct) => (await PodsAsync(o, "worker", ct)).Where(p => p.IsFenced).MaxBy(p => p.Attempt ?? 0);

    private async Task<IReadOnlyList<PodFacts>> PodsAsync(Observed o, string role, CancellationToken ct)
    {
        var pods = await client.ListAsync<V1Pod>(
            o.Execution.Namespace(), $"{Names.UidLabel}={o.Execution.Uid()},{Names.RoleLabel}={role}", cancellationToken: ct);
        return [.. pods.Select(p => PodReader.Read(p, o.Execution.Uid()))];
    }

    private static bool NeedsPods(Observed o) => o.IsRerunWanted || o.IsBeyondHistory || o.Execution.HasFinalizer(Names.ReleaseFinalizer) || o.Spec.TtlSecondsAfterFinished is not null;

    /// <summary>
    /// The job is written after the status that admits it, and the worker after the job: a worker without a status tells that the status was taken away. A job
    /// alone may be anybody's.
    /// </summary>
    private async Task<Observed> BeforeAdmissionAsync(Observed o, CancellationToken ct)
    {
        // Found good before, and not its turn yet: it is told where it stands, and all is read anew before it starts.
        var mayAsk = o is { IsFinished: false, IsWanted: true, ReplacedBy: null };
        if (mayAsk && line.HasJudged(o.Execution) && await line.AskAsync(o.Execution, o.Status.TenantId!, ct) is { IsGranted: false } waits) return o with { Standing = waits };
        if (await JobMapAsync(o, ct) is { } map)
        {
            if ((await PodsAsync(o, "worker", ct)).MaxBy(w => w.Attempt ?? 1) is not { } worker) return o with { IsJobNameTaken = true };
            return o with { Job = JobSnapshot.Read(map, worker.JobHash), LostJobHash = worker.JobHash, LostAttempt = worker.Attempt ?? 1 };
        }

        if (!mayAsk) return o;
        var draft = await jobs.DraftAsync(o.Execution, ct);
        return o with { Draft = draft, Standing = draft.Job is { } drafted ? await line.AskAsync(o.Execution, drafted.TenantId, ct) : null };
    }

    private async Task<Observed> WithWorkerAsync(Observed o, CancellationToken ct)
    {
        var name = Names.Worker(o.Execution.Name(), o.Execution.Uid(), o.Attempt);
        var worker = await PodAsync(o, name, ct) ?? (o.IsFinished ? null : await StrayAsync(o, ct));
        if (worker is null)
        {
            var job = await JobAsync(o, ct);
            return o with { Job = job, Draft = job is null && !o.IsFinished ? await jobs.DraftAsync(o.Execution, ct) : null };
        }

        return o with
        {
            Worker = worker,
            Node = worker.End is null && worker.DeletingSince is not null ? await nodes.ReadAsync(worker.Node, ct) : null,
            Result = worker.End is not null && !o.IsFinished && !o.IsDeleting ? await results.ReadAsync(o.Execution.Namespace(), worker.Name, ct) : null,
        };
    }

    /// <summary>A release is only looked at once the worker is gone without proof, or what is left of it is to be let go.</summary>
    private async Task<Observed> WithReleaseAsync(Observed o, CancellationToken ct)
    {
        var isReleasing = o.Status.Condition(ConditionTypes.ConnectionsReleased) is { Status: "False", Reason: not Reasons.ConnectionsOpen };
        var mayBegin = o.Status.Connections is { Count: > 0 } && (o.Worker is null ? o.WasWorkerSeen : Fence.IsGone(o.Worker, o.Node) || o.IsOrphaningForced);
        if (!isReleasing && !o.IsFinished && (!mayBegin || HasProven(o))) return o;
        var pod = await PodAsync(o, Names.Release(o.Execution.Name(), o.Execution.Uid(), o.Attempt), ct);
        // Perhaps others were made in its place.
        if (pod is null ? HasBegun(o) : ReleasePlan.IsStuck(pod, o.Now))
        {
            var all = await PodsAsync(o, "release", ct);
            pod = all.Where(p => p.Attempt == o.Attempt).MaxBy(p => p.CreatedAt) ?? pod;
            o = o with { SilentNode = all.FirstOrDefault(p => p.Uid != pod?.Uid && ReleasePlan.IsStuck(p, o.Now))?.Node };
        }

        return o with
        {
            Job = o.Job ?? await JobAsync(o, ct),
            Release = pod,
            ReleaseNode = pod is { End: null, DeletingSince: not null } ? await nodes.ReadAsync(pod.Node, ct) : null,
            IsNamespaceTerminating = await IsTerminatingAsync(o.Execution.Namespace(), ct),
        };
    }

    private static bool HasBegun(Observed o) =>
        o.Status.Reason(ConditionTypes.ConnectionsReleased) is not (null or Reasons.NothingOpened or Reasons.ConnectionsOpen or Reasons.ReleasedByWorker);

    /// <summary>The worker itself has closed all and said so: no release pod was made, and none will be.</summary>
    private static bool HasProven(Observed o) => o.Worker is { IsOurs: true } worker && o.Status.Reason(ConditionTypes.PodReady) != Reasons.AttemptOver
        && Fence.IsGone(worker, o.Node) && WorkerEnd.Of(worker, o.Node, o.Now).IsReleaseProven;

    private async Task<PodFacts?> PodAsync(Observed o, string name, CancellationToken ct)
    {
        if (await client.GetAsync<V1Pod>(name, o.Execution.Namespace(), ct) is not { } found) return null;
        var pod = PodReader.Read(found, o.Execution.Uid());
        return IsStuck(pod, o) ? await events.ReadAsync(o.Execution.Namespace(), pod, ct) : pod;
    }

    /// <summary>On a node and not started for a while, or not any more.</summary>
    private static bool IsStuck(PodFacts pod, Observed o) =>
        pod is { Phase: "Pending", Node: not null } && (pod.DeletingSince is not null || o.Now - pod.CreatedAt > TimeSpan.FromSeconds(3));

    private async Task<PodShape?> JobAsync(Observed o, CancellationToken ct) => JobSnapshot.Read(await JobMapAsync(o, ct), o.Status.JobHash);

    private Task<V1ConfigMap?> JobMapAsync(Observed o, CancellationToken ct) =>
        client.GetAsync<V1ConfigMap>(Names.Job(o.Execution.Name(), o.Execution.Uid()), o.Execution.Namespace(), ct);

    private async Task<bool> IsTerminatingAsync(string ns, CancellationToken ct) =>
        await client.GetAsync<V1Namespace>(ns, null, ct) is null or { Metadata.DeletionTimestamp: not null };
}
