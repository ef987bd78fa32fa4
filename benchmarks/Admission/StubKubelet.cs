using System.Collections.Concurrent;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Admission.Benchmarks;

/// <summary>Plays the kubelet of every worker pod: it runs, and after a while it ends with the record of a success.</summary>
internal sealed class StubKubelet : IAsyncDisposable
{
    private const string Record = """{"phase":"Succeeded","release_proven":true,"nodes_done":1}""";

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private readonly KubernetesClient _client;
    private readonly TimeSpan? _time;
    private readonly Task _watch;

    /// <param name="server">Where it works.</param>
    /// <param name="time">How long a worker runs; null: until <see cref="EndAsync"/>.</param>
    public StubKubelet(Server server, TimeSpan? time)
    {
        (_client, _time) = (server.OwnClient(), time);
        _watch = WatchAsync();
    }

    /// <summary>Ends the worker of an execution.</summary>
    public async Task EndAsync(string ns, string execution)
    {
        var pods = await _client.ListAsync<V1Pod>(ns, $"bulkhead.dev/execution={execution}");
        foreach (var pod in pods.Where(p => p.Status?.Phase == "Running")) await SayAsync(pod, ended: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await foreach (var (type, pod) in _client.WatchAsync<V1Pod>(labelSelector: "bulkhead.dev/role=worker", cancellationToken: _stop.Token))
                if (type is WatchEventType.Added && pod.Status?.ContainerStatuses is null && _seen.TryAdd(pod.Uid(), true)) _ = RunAsync(pod);
        }
    }

    private async Task RunAsync(V1Pod pod)
    {
        try
        {
            pod = await SayAsync(pod, ended: false);
            if (_time is not { } time) return;
            await Task.Delay(time, _stop.Token);
            await SayAsync(pod, ended: true);
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
        catch (HttpOperationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
    }

    /// <summary>The whole pod is sent, for its labels and finalizers would otherwise be taken away with its status.</summary>
    private Task<V1Pod> SayAsync(V1Pod pod, bool ended)
    {
        var now = DateTime.UtcNow;
        var state = ended
            ? new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 0, Reason = "Completed", StartedAt = now, FinishedAt = now, Message = Record } }
            : new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = now } };
        pod.Status = new V1PodStatus
        {
            Phase = ended ? "Succeeded" : "Running",
            ContainerStatuses = [new V1ContainerStatus { Name = "run", Image = "none", ImageID = "none", State = state, Ready = !ended, RestartCount = 0 }],
        };
        return _client.UpdateStatusAsync(pod);
    }
}
