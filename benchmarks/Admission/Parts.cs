using System.Diagnostics;
using Bulkhead.Kubernetes.Benchmarks;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Admission.Benchmarks;

/// <summary>What is measured.</summary>
internal static class Parts
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(5);

    /// <summary>What the controller alone can do: workers that end at once.</summary>
    public static async Task ThroughputAsync(Server server, Report report)
    {
        const int Count = 600;
        var ns = await server.NamespaceAsync();
        await server.SubmitAsync(ns, "run", Count);
        var before = await server.RequestsAsync();
        await using var kubelet = new StubKubelet(server, TimeSpan.Zero);
        var begun = Stopwatch.StartNew();
        using var controller = server.Operator(slots: 100);
        await server.UntilAsync(ns, Count, Server.IsFinished, Within);
        var took = begun.Elapsed;
        var after = await server.RequestsAsync();
        report.Add($"throughput: {Count} executions, 100 slots, workers that end at once", $"{Count / took.TotalMinutes:0} in a minute ({took.TotalSeconds:0.0} s with the operator's start; its processor time {controller.Processor.TotalSeconds:0.0} s)");
        report.Add("throughput: writes for each execution", $"status {(after.Statuses - before.Statuses) / Count:0.0}, events {(after.Events - before.Events) / Count:0.0}");
    }

    /// <summary>A tenant with 10 executions on 4 slots, alone and beside one with 1,000.</summary>
    public static async Task FloodAsync(Server server, Report report)
    {
        var time = TimeSpan.FromSeconds(1);
        await using var kubelet = new StubKubelet(server, time);
        using var controller = server.Operator(slots: 4);
        var alone = await server.NamespaceAsync();
        await server.SubmitAsync(alone, "small", 10);
        var solo = await server.UntilAsync(alone, 10, Server.IsFinished, Within);
        var (flood, small) = (await server.NamespaceAsync(), await server.NamespaceAsync());
        await server.SubmitAsync(flood, "flood", 1000);
        await server.UntilAsync(flood, 900, e => Server.Admitted(e, "False") || Server.IsFinished(e), Within);
        await server.SubmitAsync(small, "small", 10);
        var beside = await server.UntilAsync(small, 10, Server.IsFinished, Within);
        report.Add("flood: 10 executions of 1 s on 4 slots, alone", $"{solo.TotalSeconds:0.0} s");
        report.Add("flood: the same beside a tenant with 1,000 waiting", $"{beside.TotalSeconds:0.0} s; bound 2 x alone + one = {(solo.TotalSeconds * 2) + time.TotalSeconds:0.0} s");
        report.Add("flood: of the other tenant done meanwhile", $"{(await server.ListAsync(flood)).Count(Server.IsFinished)}");
    }

    /// <summary>20 tenants with 15 executions each, on 20 slots.</summary>
    public static async Task TenantsAsync(Server server, Report report)
    {
        var namespaces = new List<string>();
        foreach (var _ in Enumerable.Range(1, 20)) namespaces.Add(await server.NamespaceAsync());
        foreach (var ns in namespaces) await server.SubmitAsync(ns, "run", 15);
        await using var kubelet = new StubKubelet(server, TimeSpan.FromSeconds(1));
        var before = await server.RequestsAsync();
        var begun = Stopwatch.StartNew();
        using var controller = server.Operator(slots: 20);
        var ends = await Task.WhenAll(namespaces.Select(async ns =>
        {
            await server.UntilAsync(ns, 15, Server.IsFinished, Within);
            return begun.Elapsed;
        }));
        var after = await server.RequestsAsync();
        report.Add("20 tenants x 15 of 1 s on 20 slots", $"first tenant done after {ends.Min().TotalSeconds:0.0} s, last after {ends.Max().TotalSeconds:0.0} s");
        report.Add("20 tenants x 15: writes for each execution", $"status {(after.Statuses - before.Statuses) / 300:0.0}, events {(after.Events - before.Events) / 300:0.0}");
    }

    /// <summary>5,000 that wait while 4 run.</summary>
    public static async Task WaitingAsync(Server server, Report report)
    {
        const int Count = 5000;
        var ns = await server.NamespaceAsync();
        await using var kubelet = new StubKubelet(server, time: null);
        var before = await server.RequestsAsync();
        using (var controller = server.Operator(slots: 4))
        {
            var begun = Stopwatch.StartNew();
            await server.SubmitAsync(ns, "run", Count);
            var submitted = begun.Elapsed;
            await server.UntilAsync(ns, Count - 4, e => Server.Admitted(e, "False"), Within);
            var after = await server.RequestsAsync();
            report.Add($"{Count} waiting: all are told so", $"{begun.Elapsed.TotalSeconds:0} s after the first was created ({submitted.TotalSeconds:0} s to create them); operator's processor time {controller.Processor.TotalSeconds:0} s");
            report.Add($"{Count} waiting: writes for each", $"status {(after.Statuses - before.Statuses) / Count:0.00}, events {(after.Events - before.Events) / Count:0.00}");
            report.Add($"{Count} waiting: the next is admitted after one ends", await ReactionAsync(server, kubelet, ns, 10));
            report.Add($"{Count} waiting: operator's memory", $"{controller.Memory.Now} MB, most {controller.Memory.Most} MB");
            await IdleAsync(server, report, controller, $"{Count} waiting");
        }

        var restart = await server.RequestsAsync();
        var start = Stopwatch.StartNew();
        using var again = server.Operator(slots: 5);
        await server.UntilAsync(ns, 5, Holds, Within);
        report.Add($"{Count} waiting: a restarted operator admits the next", $"{start.Elapsed.TotalSeconds:0.0} s after its start");
        await Task.Delay(TimeSpan.FromSeconds(5));
        var then = await server.RequestsAsync();
        report.Add($"{Count} waiting: requests of the start", $"reads of executions {then.Of("workflowexecutions", "GET") - restart.Of("workflowexecutions", "GET"):0}, status writes {then.Statuses - restart.Statuses:0}");
        report.Add($"{Count} waiting: memory after a restart", $"{again.Memory.Now} MB, most {again.Memory.Most} MB");
        report.Add($"{Count} waiting: after a restart, the next is admitted after one ends", await ReactionAsync(server, kubelet, ns, 10));
    }

    private static bool Holds(WorkflowExecutionEntity e) => Server.Admitted(e, "True") && !Server.IsFinished(e);

    /// <summary>Ends one after the other, and waits for the next each time.</summary>
    private static async Task<string> ReactionAsync(Server server, StubKubelet kubelet, string ns, int times)
    {
        var taken = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var pods = await server.Client.ListAsync<V1Pod>(ns, "bulkhead.dev/role=worker");
            var running = pods.Where(p => p.Status?.Phase == "Running").OrderBy(p => p.CreationTimestamp()).First();
            var known = pods.Select(p => p.Name()).ToHashSet();
            var begun = Stopwatch.StartNew();
            await kubelet.EndAsync(ns, running.GetLabel("bulkhead.dev/execution"));
            while ((await server.Client.ListAsync<V1Pod>(ns, "bulkhead.dev/role=worker")).All(p => known.Contains(p.Name()))) await Task.Delay(5);
            taken.Add(begun.Elapsed.TotalMilliseconds);
        }

        taken.Sort();
        return $"p50 {taken[taken.Count / 2]:0} ms, most {taken[^1]:0} ms (its pod is there; n = {times})";
    }

    private static async Task IdleAsync(Server server, Report report, OperatorProcess controller, string what)
    {
        await Task.Delay(TimeSpan.FromSeconds(3));
        var (requests, processor) = ((await server.RequestsAsync()).Statuses, controller.Processor);
        await Task.Delay(TimeSpan.FromSeconds(10));
        report.Add($"{what}: at rest", $"{((await server.RequestsAsync()).Statuses - requests) / 10:0.0} status writes in a second, {(controller.Processor - processor).TotalMilliseconds / 100:0.0} % of a processor");
    }
}
