using System.Collections.Concurrent;
using System.Diagnostics;
using Bulkhead.Cluster.Operator;
using k8s.Models;

namespace Bulkhead.Kubernetes.Benchmarks;

/// <summary>
/// Event to reconcile: from the writer's HTTP 200 to the entry of ReconcileAsync, writer and operator in one process, one monotonic clock. A reconcile that
/// begins before the writer has its answer counts as 0.
/// </summary>
internal sealed class LatencyRun(Server server, Report report)
{
    private const int LoadPerSecond = 100;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _entries = [];

    public async Task RunAsync(int samples)
    {
        var ns = await server.NamespaceAsync();
        for (var i = 0; i < 20; i++)
            await server.Client.CreateAsync(Widget.Named($"w{i}", ns));
        using var host = await server.OperatorAsync(ns, (_, version) => Entry(version).TrySetResult(Stopwatch.GetTimestamp()));
        await MeasureAsync(ns, 100);
        report.AddTimes("event -> reconcile, idle", await MeasureAsync(ns, samples));
        using var stop = new CancellationTokenSource();
        var load = LoadAsync(ns, stop.Token);
        report.AddTimes($"event -> reconcile, beside {LoadPerSecond} other updates/s", await MeasureAsync(ns, samples));
        await stop.CancelAsync();
        await load;
        await host.StopAsync();
    }

    private TaskCompletionSource<long> Entry(string version) =>
        _entries.GetOrAdd(version, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task<List<TimeSpan>> MeasureAsync(string ns, int samples)
    {
        var times = new List<TimeSpan>(samples);
        for (var i = 0; i < samples; i++)
        {
            var written = await PatchAsync($"w{i % 10}", ns, i);
            var at = Stopwatch.GetTimestamp();
            var entered = await Entry(written.Metadata.ResourceVersion).Task.WaitAsync(TimeSpan.FromSeconds(30));
            times.Add(entered < at ? TimeSpan.Zero : Stopwatch.GetElapsedTime(at, entered));
            await Task.Delay(2);
        }
        return times;
    }

    private async Task LoadAsync(string ns, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / LoadPerSecond));
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await PatchAsync($"w{10 + (i % 10)}", ns, -i - 1);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private Task<Widget> PatchAsync(string name, string ns, int value) => server.Client.PatchAsync<Widget>(
        new(new { spec = new { value, at = Stopwatch.GetTimestamp() } }, V1Patch.PatchType.MergePatch), name, ns);
}
