using System.Runtime.CompilerServices;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cli.Cluster.Submitting;

/// <summary>Every state of one execution until it has ended, over restarts of the API server.</summary>
internal sealed class ExecutionFollower(IKubernetesClient client, WorkflowExecutionEntity created)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <param name="say">Told once when the cluster stops answering.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="ClusterFaultException">It was deleted.</exception>
    public async IAsyncEnumerable<WorkflowExecutionEntity> StatesAsync(Action<string> say, [EnumeratorCancellation] CancellationToken ct)
    {
        var away = false;
        while (true)
        {
            var now = await TryGetAsync(ct);
            if (now is null)
            {
                if (!away) say("The cluster does not answer; the execution goes on without it. Waiting.");
                away = true;
                await Task.Delay(LookAgain, ct);
                continue;
            }

            away = false;
            yield return now;
            if (now.IsFinished()) yield break;
            await foreach (var next in ChangesAsync(now, ct))
            {
                yield return next;
                if (next.IsFinished()) yield break;
            }

            await Task.Delay(LookAgain, ct); // A watch that ends at once must not become a busy loop.
        }
    }

    private async Task<WorkflowExecutionEntity?> TryGetAsync(CancellationToken ct)
    {
        try
        {
            var found = await client.GetAsync<WorkflowExecutionEntity>(created.Name(), created.Namespace(), ct);
            return found?.Uid() == created.Uid() ? found : throw new ClusterFaultException($"{created.Name()} was deleted by somebody.", ExitCode.Failed);
        }
        catch (Exception e) when (PassingFaults.IsPassing(e))
        {
            return null;
        }
    }

    private async IAsyncEnumerable<WorkflowExecutionEntity> ChangesAsync(WorkflowExecutionEntity from, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var changes = client.WatchAsync<WorkflowExecutionEntity>(
            from.Namespace(), from.ResourceVersion(), fieldSelector: $"metadata.name={from.Name()}", cancellationToken: ct).GetAsyncEnumerator(ct);
        while (await MovedAsync(changes) && changes.Current.Type is WatchEventType.Added or WatchEventType.Modified) yield return changes.Current.Entity;
    }

    private static async Task<bool> MovedAsync(IAsyncEnumerator<(WatchEventType Type, WorkflowExecutionEntity Entity)> changes)
    {
        try
        {
            return await changes.MoveNextAsync();
        }
        catch (Exception e) when (PassingFaults.IsPassingForWatch(e))
        {
            return false;
        }
    }
}
