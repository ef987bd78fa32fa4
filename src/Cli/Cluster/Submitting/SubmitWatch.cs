using Bulkhead.Cli.Output;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Running;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cli.Cluster.Submitting;

/// <summary>Waits for the end of an execution; shows meanwhile what its worker does where somebody wants to see it.</summary>
internal sealed class SubmitWatch(IKubernetesClient client, WorkflowExecutionEntity created, TimeProvider clock)
{
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(3);

    public async Task<WorkflowExecutionEntity> WaitAsync(CancellationToken ct)
    {
        var last = created;
        await foreach (var state in new ExecutionFollower(client, created).StatesAsync(ConsoleText.Tell, ct)) last = state;
        return last;
    }

    /// <summary>Live on a terminal; else one line for each change and each log line.</summary>
    public async Task<WorkflowExecutionEntity> ShowAsync(bool noColor, CancellationToken ct)
    {
        if (Console.IsErrorRedirected) return await FollowAsync(new LogLines(Console.Error, clock, nodes: true), said => ConsoleText.Tell($"{clock.GetUtcNow():HH:mm:ss.fff}Z {created.Name()}: {said}"), ct);
        var progress = new ProgressView(Terminals.Live(noColor), clock);
        return await progress.WatchAsync(FollowAsync(progress, said => progress.Caption = said, ct));
    }

    private async Task<WorkflowExecutionEntity> FollowAsync(IEventListener listener, Action<string> say, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ended = new TaskCompletionSource();
        var log = ReadLogAsync(listener, say, ended.Task, stop.Token);
        var (last, told) = (created, "");
        await foreach (var state in new ExecutionFollower(client, created).StatesAsync(say, ct))
        {
            last = state;
            var why = state.Why();
            var now = why is { } w ? $"{state.Phase()}, {w.Reason}{(w.Message.Length > 0 ? $": {w.Message}" : "")}" : state.Phase();
            if (now != told) say(told = now);
        }

        ended.SetResult();
        stop.CancelAfter(LastLines);
        await log;
        return last;
    }

    /// <summary>Best effort: a person without the right to logs still sees the changes.</summary>
    private async Task ReadLogAsync(IEventListener listener, Action<string> say, Task ended, CancellationToken ct)
    {
        try
        {
            await foreach (var line in new WorkerLog(client, ReadAsync) { Hurry = ended }.FollowAsync(_ => { }, ct))
            {
                if (WorkerLine.Event(line) is { } e) listener.Take(e, line);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Somebody has seen enough, or the last lines did not come.
        }
        catch (ClusterFaultException)
        {
            // It ended without a log, or was deleted; the changes of the status tell.
        }
        catch (Exception e) when (ClusterErrors.Explain(e, client.BaseUri) is { } fault)
        {
            say($"its log is not shown: {fault.Message}"); // The changes of the status go on.
        }
    }

    private async Task<WorkflowExecutionEntity> ReadAsync(CancellationToken ct) =>
        await client.GetAsync<WorkflowExecutionEntity>(created.Name(), created.Namespace(), ct) ?? throw new ClusterFaultException("deleted", ExitCode.Failed);
}
