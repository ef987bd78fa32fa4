using System.Diagnostics;
using Bulkhead.Kubernetes.Benchmarks;
using k8s.Models;

namespace Bulkhead.Admission.Benchmarks;

/// <summary>5,000 that wait while 4 run: memory, start, reaction, and what they cost at rest.</summary>
internal sealed class WaitingPart(Server server, Report report)
{
    private const int Count = 5000;
    private const int Times = 10;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(6);

    public async Task RunAsync()
    {
        var ns = await server.NamespaceAsync();
        await using var kubelet = new StubKubelet(server, time: null);
        using (var controller = server.Operator(slots: 4)) await FirstAsync(ns, kubelet, controller);

        var before = await server.RequestsAsync();
        var start = Stopwatch.StartNew();
        using var again = server.Operator(slots: 5);
        await server.UntilAsync(ns, 5, e => e.Holds, Within);
        report.Add($"{Count} waiting: a restarted operator admits the next", $"{start.Elapsed.TotalSeconds:0.0} s after its start");
        await Task.Delay(TimeSpan.FromSeconds(5));
        var requests = (await server.RequestsAsync()).Since(before);
        report.Add($"{Count} waiting: requests of the start", $"reads of an execution {requests.Of("GET workflowexecutions"):0}, status writes {requests.Statuses:0}");
        report.Add($"{Count} waiting: memory after a restart", $"{again.Memory.Now} MB, most {again.Memory.Most} MB");
        report.Add($"{Count} waiting: after a restart, the next is admitted after one ends", await ReactionAsync(ns, kubelet));
    }

    private async Task FirstAsync(string ns, StubKubelet kubelet, OperatorProcess controller)
    {
        var before = await server.RequestsAsync();
        var begun = Stopwatch.StartNew();
        await server.SubmitAsync(ns, "run", Count);
        var submitted = begun.Elapsed;
        await server.UntilAsync(ns, Count - 4, e => e.IsWaiting, Within);
        var told = begun.Elapsed;
        var requests = (await server.RequestsAsync()).Since(before);
        report.Add($"{Count} waiting: all are told so", $"{told.TotalSeconds:0} s after the first was created ({submitted.TotalSeconds:0} s to create them); operator's processor time {controller.Processor.TotalSeconds:0} s");
        report.Add($"{Count} waiting: writes for each", $"status {requests.Statuses / Count:0.00}, events {requests.Events / Count:0.00}");
        report.Add($"{Count} waiting: the next is admitted after one ends", await ReactionAsync(ns, kubelet));
        report.Add($"{Count} waiting: operator's memory", $"{controller.Memory.Now} MB, most {controller.Memory.Most} MB");
        await IdleAsync(controller);
    }

    /// <summary>Ends one after the other, and waits for the next each time.</summary>
    private async Task<string> ReactionAsync(string ns, StubKubelet kubelet)
    {
        var taken = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var pods = await PodsAsync(ns);
            var running = pods.Where(p => p.Status?.Phase == "Running").OrderBy(p => p.CreationTimestamp()).First();
            var begun = Stopwatch.StartNew();
            await kubelet.EndAsync(ns, running.GetLabel("bulkhead.dev/execution"));
            while ((await PodsAsync(ns)).Count == pods.Count) await Task.Delay(5);
            taken.Add(begun.Elapsed.TotalMilliseconds);
        }

        taken.Sort();
        return $"p50 {taken[taken.Count / 2]:0} ms, most {taken[^1]:0} ms (its pod is there; n = {Times})";
    }

    private Task<IList<V1Pod>> PodsAsync(string ns) => server.Client.ListAsync<V1Pod>(ns, "bulkhead.dev/role=worker");

    private async Task IdleAsync(OperatorProcess controller)
    {
        await Task.Delay(TimeSpan.FromSeconds(3));
        var (before, processor) = (await server.RequestsAsync(), controller.Processor);
        await Task.Delay(TimeSpan.FromSeconds(10));
        var requests = (await server.RequestsAsync()).Since(before);
        report.Add($"{Count} waiting: at rest", $"{requests.All / 10:0.0} requests in a second, {requests.Statuses / 10:0.0} of them status writes; {(controller.Processor - processor).TotalMilliseconds / 100:0.0} % of a processor");
    }
}
