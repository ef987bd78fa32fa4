using System.Diagnostics;
using Bulkhead.Kubernetes.Benchmarks;

namespace Bulkhead.Admission.Benchmarks;

/// <summary>What is measured of throughput and of tenants beside each other. <see cref="WaitingPart"/> has the rest.</summary>
internal static class Parts
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(6);

    /// <summary>What the controller alone can do: workers that end at once.</summary>
    public static async Task ThroughputAsync(Server server, Report report, int slots)
    {
        const int Count = 1500;
        var ns = await server.NamespaceAsync();
        await server.SubmitAsync(ns, "run", Count);
        var (before, used) = (await server.RequestsAsync(), Processors.Now(server, null));
        await using var kubelet = new StubKubelet(server, TimeSpan.Zero);
        using var controller = server.Operator(slots);
        var begun = server.UntilAsync(ns, 1, e => e.Status is not null, Within);
        var ends = await server.UntilAsync(ns, Count, e => e.IsFinished, Within);
        var started = (await begun)[0];
        report.Add($"throughput: {Count} executions, {slots} slots, workers that end at once", $"{Count / ends[^1].TotalMinutes:0} in a minute with the operator's start ({ends[^1].TotalSeconds:0.0} s), {Count / (ends[^1] - started).TotalMinutes:0} from its first status on ({started.TotalSeconds:0.0} s later)");
        report.Add($"throughput, {slots} slots: processors", Processors.Now(server, controller).Since(used, ends[^1]));
        var requests = (await server.RequestsAsync()).Since(before);
        report.Add($"throughput, {slots} slots: requests for each execution, those of the kubelet's stand-in (2 PUT pods status) included", $"{requests.All / Count:0.0}: {requests.PerExecution(Count)}");
        report.Add($"throughput, {slots} slots: writes for each execution", $"status {requests.Statuses / Count:0.0}, events {requests.Events / Count:0.0}");
    }

    /// <summary>A tenant with 10 executions on 4 slots, alone and beside one with many.</summary>
    public static async Task FloodAsync(Server server, Report report, int many)
    {
        var time = TimeSpan.FromSeconds(1);
        await using var kubelet = new StubKubelet(server, time);
        using var controller = server.Operator(slots: 4);
        await TenSecondsAsync();
        var solo = await SmallAsync(server);
        var flood = await server.NamespaceAsync();
        await server.SubmitAsync(flood, "flood", many);
        await server.UntilAsync(flood, many * 9 / 10, e => e.IsWaiting || e.IsFinished, Within);
        var done = await FinishedAsync(server, flood);
        var beside = await SmallAsync(server);
        report.Add($"flood {many}: 10 executions of 1 s on 4 slots, alone", $"{solo.TotalSeconds:0.0} s");
        report.Add($"flood {many}: the same beside a tenant with {many} waiting", $"{beside.TotalSeconds:0.0} s; bound 2 x alone + one = {(solo.TotalSeconds * 2) + time.TotalSeconds:0.0} s");
        report.Add($"flood {many}: of the other tenant done meanwhile", $"{await FinishedAsync(server, flood) - done}");
    }

    /// <summary>20 tenants with 15 executions each, on 20 slots.</summary>
    public static async Task TenantsAsync(Server server, Report report)
    {
        var namespaces = new List<string>();
        foreach (var _ in Enumerable.Range(1, 20)) namespaces.Add(await server.NamespaceAsync());
        foreach (var ns in namespaces) await server.SubmitAsync(ns, "run", 15);
        await using var kubelet = new StubKubelet(server, TimeSpan.FromSeconds(1));
        var before = await server.RequestsAsync();
        using var controller = server.Operator(slots: 20);
        var ends = await Task.WhenAll(namespaces.Select(async ns => (await server.UntilAsync(ns, 15, e => e.IsFinished, Within))[^1]));
        var requests = (await server.RequestsAsync()).Since(before);
        report.Add("20 tenants x 15 of 1 s on 20 slots", $"first tenant done after {ends.Min().TotalSeconds:0.0} s, last after {ends.Max().TotalSeconds:0.0} s, with the operator's start");
        report.Add("20 tenants x 15: writes for each execution", $"status {requests.Statuses / 300:0.0}, events {requests.Events / 300:0.0}");
    }

    private static async Task<TimeSpan> SmallAsync(Server server)
    {
        var ns = await server.NamespaceAsync();
        var begun = Stopwatch.StartNew();
        await server.SubmitAsync(ns, "small", 10);
        await server.UntilAsync(ns, 10, e => e.IsFinished, Within);
        return begun.Elapsed;
    }

    /// <summary>The operator has started, and is not part of the time alone.</summary>
    private static Task TenSecondsAsync() => Task.Delay(TimeSpan.FromSeconds(10));

    private static async Task<int> FinishedAsync(Server server, string ns) => (await server.ListAsync(ns)).Count(e => e.IsFinished);
}
