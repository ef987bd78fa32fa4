using System.Text.Json;
using Bulkhead.Kubernetes.Benchmarks;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using k8s;
using k8s.Models;

namespace Bulkhead.Executions.Benchmarks;

/// <summary>One execution after the other: from the create to the start of the first node (by the worker's own event; one machine, one clock), and to Succeeded.</summary>
internal sealed class FirstNodeRun(MeasuredCluster cluster, NodeFolder node, Report report)
{
    public async Task RunAsync(int samples)
    {
        List<TimeSpan> firstNode = [], succeeded = [], asked = [], running = [], runtime = [];
        for (var i = 0; i < samples; i++)
        {
            var begun = TimeProvider.System.GetUtcNow();
            var execution = await cluster.ExecuteAsync($"single-{i}");
            while ((await cluster.Client.GetAsync<WorkflowExecutionEntity>(execution.Name(), cluster.Namespace))?.Status?.CompletionTime is null) await Task.Delay(5);
            succeeded.Add(TimeProvider.System.GetUtcNow() - begun);
            var (up, first) = await EventsAsync(execution);
            var container = await ContainerAsync(execution);
            firstNode.Add(first - begun);
            asked.Add(first - node.StartAsked(container));
            running.Add(first - node.Started(container));
            runtime.Add(up - node.Started(container));
        }

        await cluster.ClearAsync();
        report.AddTimes("create -> first node starts, one at a time", firstNode);
        report.AddTimes("kubelet asks for the worker's container -> first node starts", asked);
        report.AddTimes("the worker's process is started -> first node starts", running);
        report.AddTimes("of these, until the runtime is up and the job is read", runtime);
        report.AddTimes("create -> Succeeded, one at a time", succeeded);
    }

    private async Task<string> ContainerAsync(WorkflowExecutionEntity execution)
    {
        var pod = await cluster.Client.GetAsync<V1Pod>(Names.Worker(execution.Name(), execution.Uid(), 1), cluster.Namespace);
        return pod!.Status.ContainerStatuses.Single().ContainerID.Split("//")[1];
    }

    /// <summary>When the worker was up, and when its first node began.</summary>
    private async Task<(DateTimeOffset Up, DateTimeOffset FirstNode)> EventsAsync(WorkflowExecutionEntity execution)
    {
        await using var stream = await cluster.Client.ApiClient.CoreV1.ReadNamespacedPodLogAsync(
            Names.Worker(execution.Name(), execution.Uid(), 1), cluster.Namespace);
        using var reader = new StreamReader(stream);
        DateTimeOffset up = default;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith('{')) continue;
            var json = JsonElement.Parse(line);
            var at = json.GetProperty("timestamp").GetDateTimeOffset();
            if (json.GetProperty("type").GetString() == "worker_started") up = at;
            if (json.GetProperty("type").GetString() == "node_start") return (up, at);
        }

        throw new InvalidOperationException("the worker's log names no node");
    }
}
