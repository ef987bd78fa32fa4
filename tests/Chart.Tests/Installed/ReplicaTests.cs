using System.Diagnostics;
using Xunit.Abstractions;

namespace Bulkhead.Chart.Tests.Installed;

/// <summary>Operators that come and go while executions run with sessions open: none is lost, none runs twice, nothing leaks.</summary>
[Collection(NodeCollection.Name)]
public sealed class ReplicaTests(Node node, ITestOutputHelper figures)
{
    [Fact]
    public async Task Upgrade_WhileTwentyExecutionsRun_LosesAndRepeatsNone()
    {
        await node.InstallAsync();
        await using var orders = await Orders.CreateAsync(node);
        var names = Enumerable.Range(0, 20).Select(i => $"upgrade-{i}").ToList();
        await node.ApplyAsync(Orders.Executions(names));
        await orders.WaitingAsync(20);
        var before = (await node.OperatorsAsync()).Select(p => (string)p["metadata"]!["uid"]!).ToList();

        var began = Stopwatch.GetTimestamp();
        await node.ChartAsync("install", "--set", $"operator.podAnnotations.revision={Guid.NewGuid():n}");
        figures.WriteLine($"upgrade with 20 executions running: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");

        await node.UntilAsync(
            async () => (await node.OperatorsAsync()) is { Count: 2 } now && now.All(p => !before.Contains((string)p["metadata"]!["uid"]!)), TimeSpan.FromSeconds(60), "both replicas are new");
        await orders.ReleaseAsync();
        await orders.HaveRunOnceAsync(names);
    }

    [Fact]
    public async Task Leader_KilledUnderLoad_IsReplacedWithinTwentySeconds()
    {
        await node.InstallAsync();
        await using var orders = await Orders.CreateAsync(node);
        var (running, late) = (Enumerable.Range(0, 8).Select(i => $"running-{i}").ToList(), Enumerable.Range(0, 4).Select(i => $"late-{i}").ToList());
        await node.ApplyAsync(Orders.Executions(running));
        await orders.WaitingAsync(running.Count);
        var leader = await node.LeaderAsync();
        var process = InPod.Of("/app/bulkhead-operator", leader.Split('_')[0]);

        process.Kill();
        var killed = Stopwatch.GetTimestamp();
        await node.ApplyAsync(Orders.Executions(late));
        await node.UntilAsync(async () => await node.LeaderAsync() is { Length: > 0 } now && now != leader, TimeSpan.FromSeconds(40), "another leads");
        var led = Stopwatch.GetElapsedTime(killed);
        await node.UntilAsync(async () => (await node.ListAsync("wfx")).All(e => e["status"]?["conditions"] is not null), TimeSpan.FromSeconds(20), "it has looked at what came meanwhile");
        var worked = Stopwatch.GetElapsedTime(killed);
        figures.WriteLine($"kill -9 of the leader: another led after {led.TotalSeconds:0.0} s, had admitted what came meanwhile after {worked.TotalSeconds:0.0} s");

        worked.ShouldBeLessThan(TimeSpan.FromSeconds(20), "15 s of lease, 2 s until the next try, and the list");
        await orders.WaitingAsync(running.Count + late.Count);
        await orders.ReleaseAsync();
        await orders.HaveRunOnceAsync([.. running, .. late]);
    }
}
