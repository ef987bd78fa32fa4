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
        await foreach (var state in new ExecutionFollower(client, created).StatesAsync(Console.Error.WriteLine, ct)) last = state;
        return last;
    }

    /// <summary>Live on a terminal; else one line for each change and each log line.</summary>
    public async Task<WorkflowExecutionEntity> ShowAsync(bool noColor, CancellationToken ct)
    {
        if (Console.IsErrorRedirected) return await FollowAsync(new LogLines(Console.Error, nodes: true), said => Console.Error.WriteLine(Printable.Safe($"{clock.GetUtcNow():HH:mm:ss.fff}Z {created.Name()}: {said}")), ct);
        var progress = new ProgressView(Terminals.Live(noColor), clock);
        return await progress.WatchAsync(FollowAsync(progress, said => progress.Caption = said, ct));
    }

    private async Task<WorkflowExecutionEntity> FollowAsync(IEventListener listener, Action<string> say, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var log = ReadLogAsync(listener, stop.Token);
        var (last, told) = (created, "");
        await foreach (var state in new ExecutionFollower(client, created).StatesAsync(say, ct))
        {
            last = state;
            var why = state.Why();
            var now = why is { } w ? $"{state.Phase()}, {w.Reason}{(w.Message.Length > 0 ? $": {w.Message}" : "")}" : state.Phase();
            if (now != told) say(told = now);
        }

        stop.CancelAfter(LastLines);
        await log;
        return last;
    }

    /// <summary>Best effort: a person without the right to logs still sees the changes.</summary>
    private async Task ReadLogAsync(IEventListener listener, CancellationToken ct)
    {
        try
        {
            await foreach (var line in new WorkerLog(client, ReadAsync).FollowAsync(_ => { }, ct))
            {
                if (WorkerLine.Event(line) is { } e) listener.Take(e, line);
            }
        }
        catch (Exception e) when (e is OperationCanceledException || ClusterErrors.Explain(e, null) is not null)
        {
            // The changes of the status go on.
        }
    }

    private async Task<WorkflowExecutionEntity> ReadAsync(CancellationToken ct) =>
        await client.GetAsync<WorkflowExecutionEntity>(created.Name(), created.Namespace(), ct) ?? throw new ClusterFaultException("deleted", ExitCode.Failed);
}
