using System.Collections.Concurrent;
using System.Diagnostics;
using Bulkhead.Cluster.Operator;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace Bulkhead.Kubernetes.Benchmarks;

/// <summary>Reconciles that do nothing, per second; and from the first create of many to the last reconcile.</summary>
internal sealed class ThroughputRun(Server server, Report report)
{
    private const int Objects = 500;

    public async Task RunAsync()
    {
        var ns = await server.NamespaceAsync();
        var seen = new ConcurrentDictionary<string, byte>();
        long turns = 0;
        using var host = await server.OperatorAsync(
            ns,
            (name, _) =>
            {
                seen.TryAdd(name, 0);
                Interlocked.Increment(ref turns);
            });
        foreach (var count in new[] { Objects, 5000 })
        {
            seen.Clear();
            var begun = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(
                Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16 },
                async (i, ct) => await server.Client.CreateAsync(Widget.Named($"n{count}-{i}", ns), ct));
            var created = Stopwatch.GetElapsedTime(begun);
            while (seen.Count < count)
                await Task.Delay(1);
            report.Add($"create -> reconciled, {count} objects", $"{Stopwatch.GetElapsedTime(begun).TotalSeconds:0.00} s (of which creating {created.TotalSeconds:0.00} s)");
        }
        await NoOpsAsync(host.Services.GetRequiredService<EntityQueue<Widget>>(), ns, () => Interlocked.Read(ref turns));
        await host.StopAsync();
    }

    private async Task NoOpsAsync(EntityQueue<Widget> queue, string ns, Func<long> turns)
    {
        const int Rounds = 40;
        var (before, begun) = (turns(), Stopwatch.GetTimestamp());
        for (var round = 1; round <= Rounds; round++)
        {
            for (var i = 0; i < Objects; i++)
                await queue(Widget.Named($"n500-{i}", ns), ReconciliationType.Modified, ReconciliationTriggerSource.Operator, TimeSpan.Zero, 0, default);
            while (turns() - before < round * Objects)
                await Task.Yield();
        }
        report.Add("no-op reconciles", $"{(turns() - before) / Stopwatch.GetElapsedTime(begun).TotalSeconds:0} /s");
    }
}
