using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cli.Cluster;

/// <summary>The log of an execution's worker, line by line: of the newest pod, or of each pod that comes until the execution has ended.</summary>
internal sealed class WorkerLog(IKubernetesClient client, Func<CancellationToken, Task<WorkflowExecutionEntity>> readAsync)
{
    /// <summary>Of an execution that has ended: its log may be on a node that never comes back.</summary>
    private const int MostFaultsAfterTheEnd = 5;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, PodLog> _logs = new(StringComparer.Ordinal);
    private bool _hasHurried;

    /// <summary>Cuts one pause short: somebody knows that the execution has ended.</summary>
    public Task Hurry { get; init; } = Task.Delay(Timeout.Infinite);

    /// <summary>What is there now.</summary>
    /// <exception cref="ClusterFaultException">It has no pod, or its worker has not started.</exception>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var execution = await readAsync(ct);
        var pod = await NewestPodAsync(execution, ct);
        if (pod is null || !PodLog.HasStarted(pod)) throw new ClusterFaultException(NoLog(execution, pod), ExitCode.BadInput);
        var log = new PodLog(client);
        await foreach (var line in log.GoOnAsync(pod, follow: false, ct)) yield return line;
        if (log.Fault is { } fault) ExceptionDispatchInfo.Throw(fault);
    }

    /// <summary>Waits for a worker, follows it, and the next one; ends with the execution. What passes by itself, as a restart of the API server, does not end it.</summary>
    /// <param name="say">Told why there is nothing to follow yet, when that changes.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="ClusterFaultException">It has ended, and there is no log of it.</exception>
    public async IAsyncEnumerable<string> FollowAsync(Action<string> say, [EnumeratorCancellation] CancellationToken ct)
    {
        var (told, pause, faultsAfterTheEnd, hasLooked) = ("", LookAgain, 0, false);
        while (true)
        {
            var (execution, pod, fault) = await LookAsync(hasLooked, ct);
            hasLooked = true;
            var (why, isFresh, isIdle) = (fault is null ? null : "The cluster does not answer; looking again.", false, fault is not null);
            if (pod is not null && PodLog.HasStarted(pod))
            {
                var log = LogOf(pod);
                await foreach (var line in log.GoOnAsync(pod, follow: true, ct))
                {
                    isFresh = true;
                    yield return line;
                }

                (fault, isIdle) = (log.Fault, log.IsOver || log.Fault is not null);
                if (fault is not null) why = "The log cannot be read; looking again.";
            }
            else if (execution is not null)
            {
                why = NoLog(execution, pod);
            }

            if (execution?.IsFinished() == true)
            {
                if (fault is null && _logs.Count == 0) throw new ClusterFaultException(why!, ExitCode.BadInput);
                if (fault is null) yield break;
                if (++faultsAfterTheEnd == MostFaultsAfterTheEnd) ExceptionDispatchInfo.Throw(fault);
            }

            if (why is not null && why != told) say(why);
            told = why ?? "";
            // Where a worker is to come, its first lines must not wait; one that was read to its end says no more.
            pause = isFresh || !isIdle ? LookAgain : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            await PauseAsync(pause, ct);
        }
    }

    private PodLog LogOf(V1Pod pod)
    {
        if (!_logs.TryGetValue(pod.Uid(), out var log)) _logs[pod.Uid()] = log = new PodLog(client);
        return log;
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken ct)
    {
        var time = Task.Delay(pause, ct);
        if (_hasHurried || await Task.WhenAny(time, Hurry) == time) await time;
        else _hasHurried = true;
    }

    /// <summary>The first look is not tried again: a cluster that never answered may be the wrong one.</summary>
    private async Task<(WorkflowExecutionEntity? Execution, V1Pod? Pod, Exception? Fault)> LookAsync(bool again, CancellationToken ct)
    {
        try
        {
            var execution = await readAsync(ct);
            return (execution, await NewestPodAsync(execution, ct), null);
        }
        catch (Exception e) when (again && PassingFaults.IsPassing(e))
        {
            return (null, null, e);
        }
    }

    private async Task<V1Pod?> NewestPodAsync(WorkflowExecutionEntity execution, CancellationToken ct) =>
        (await client.ListAsync<V1Pod>(execution.Namespace(), $"bulkhead.dev/execution-uid={execution.Uid()},bulkhead.dev/role=worker", cancellationToken: ct))
        .OrderBy(p => p.CreationTimestamp()).LastOrDefault();

    private static string NoLog(WorkflowExecutionEntity execution, V1Pod? pod) => (pod, execution.Why()) switch
    {
        (_, { } why) => $"{execution.Name()} has no log: {why.Reason}: {why.Message}",
        (null, _) when execution.IsFinished() => $"{execution.Name()} has no log any more: its pod is gone.",
        (null, _) => $"{execution.Name()} has no worker yet ({execution.Phase()}).",
        _ => $"{execution.Name()} has no log yet: its worker has not started ({execution.Phase()}).",
    };
}
