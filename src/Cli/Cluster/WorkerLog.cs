using System.Net;
using System.Runtime.CompilerServices;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cli.Cluster;

/// <summary>The log of an execution's worker, line by line: of the newest pod, or of each pod that comes until the execution has ended.</summary>
internal sealed class WorkerLog(IKubernetesClient client, Func<CancellationToken, Task<WorkflowExecutionEntity>> readAsync)
{
    private const string Container = "run";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>What is there now.</summary>
    /// <exception cref="ClusterFaultException">It has no pod, or its worker has not started.</exception>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var execution = await readAsync(ct);
        var pod = await NewestPodAsync(execution, ct);
        if (pod is null || !HasStarted(pod)) throw new ClusterFaultException(NoLog(execution, pod), ExitCode.BadInput);
        await foreach (var line in LinesAsync(pod, follow: false, ct)) yield return line;
    }

    /// <summary>Waits for a worker, follows it, and the next one; ends with the execution.</summary>
    /// <param name="say">Told why there is nothing to follow yet, when that changes.</param>
    /// <param name="ct">Ends it.</param>
    public async IAsyncEnumerable<string> FollowAsync(Action<string> say, [EnumeratorCancellation] CancellationToken ct)
    {
        var (told, read) = ("", new Dictionary<string, int>(StringComparer.Ordinal));
        while (true)
        {
            var execution = await readAsync(ct);
            var finished = execution.IsFinished();
            var pod = await NewestPodAsync(execution, ct);
            if (pod is not null && HasStarted(pod))
            {
                var skip = read.GetValueOrDefault(pod.Uid());
                var seen = 0;
                await foreach (var line in LinesAsync(pod, follow: true, ct))
                {
                    if (seen++ < skip) continue; // Read before the stream broke.
                    read[pod.Uid()] = seen;
                    yield return line;
                }
            }
            else if (!finished && NoLog(execution, pod) is var why && why != told)
            {
                say(told = why);
            }

            if (finished) yield break;
            await Task.Delay(LookAgain, ct);
        }
    }

    private async Task<V1Pod?> NewestPodAsync(WorkflowExecutionEntity execution, CancellationToken ct) =>
        (await client.ListAsync<V1Pod>(execution.Namespace(), $"bulkhead.dev/execution-uid={execution.Uid()},bulkhead.dev/role=worker", cancellationToken: ct))
        .OrderBy(p => p.CreationTimestamp()).LastOrDefault();

    private async IAsyncEnumerable<string> LinesAsync(V1Pod pod, bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        Stream stream;
        try
        {
            stream = await client.ApiClient.CoreV1.ReadNamespacedPodLogAsync(pod.Name(), pod.Namespace(), Container, follow, cancellationToken: ct);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            yield break; // It went, or its kubelet has already removed the container.
        }

        using var reader = new StreamReader(stream);
        while (await LineAsync(reader, ct) is { } line) yield return line;
    }

    /// <summary>A stream that breaks has ended: whoever follows looks again.</summary>
    private static async Task<string?> LineAsync(StreamReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadLineAsync(ct);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private static bool HasStarted(V1Pod pod) => pod.Status?.ContainerStatuses?.Any(c => c.State is { Running: not null } or { Terminated: not null }) == true;

    private static string NoLog(WorkflowExecutionEntity execution, V1Pod? pod) => (pod, execution.Why()) switch
    {
        (_, { } why) => $"{execution.Name()} has no log: {why.Reason}: {why.Message}",
        (null, _) when execution.IsFinished() => $"{execution.Name()} has no log any more: its pod is gone.",
        (null, _) => $"{execution.Name()} has no worker yet ({execution.Phase()}).",
        _ => $"{execution.Name()} has no log yet: its worker has not started ({execution.Phase()}).",
    };
}
