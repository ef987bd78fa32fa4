using System.Collections.Concurrent;
using System.Diagnostics;
using Bulkhead.Cluster.Operator;
using Bulkhead.Cluster.Tests.Clusters;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace Bulkhead.Cluster.Tests.Runtime;

/// <summary>Every object gets its turns, whatever the others do.</summary>
[Collection(ClusterCollection.Name)]
public sealed class QueueTests(ApiServer server)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Reconcile_ControllerThrowsAHundredTimes_StillGetsItsObject()
    {
        var ns = await server.NamespaceAsync("throws");
        var recorder = new Recorder();
        recorder.OnReconcile = (w, _) => recorder.Count(w.Metadata.Name) <= 100
            ? throw new InvalidOperationException("not yet")
            : Task.FromResult(ReconciliationResult<Widget>.Success(w));
        await using var test = await TestOperator.StartAsync(server.Configuration(), ns, recorder: recorder);

        await server.Client.CreateAsync(Widget.Named("stubborn", ns));

        await Eventually.TrueAsync(() => recorder.Count("stubborn") == 101, Bound, () => $"{recorder.Count("stubborn")} turns");
    }

    [Fact]
    public async Task Deleted_ControllerThrowsAHundredTimes_StillHearsOfTheEnd()
    {
        var ns = await server.NamespaceAsync("ends");
        var recorder = new Recorder();
        recorder.OnDeleted = (w, _) => recorder.Deleted.Count <= 100
            ? throw new InvalidOperationException("not yet")
            : Task.FromResult(ReconciliationResult<Widget>.Success(w));
        await using var test = await TestOperator.StartAsync(server.Configuration(), ns, recorder: recorder);
        await server.Client.CreateAsync(Widget.Named("w", ns));
        await Eventually.TrueAsync(() => recorder.Count("w") > 0, Bound, () => "the reconcile");

        await server.Client.DeleteAsync<Widget>("w", ns);

        await Eventually.TrueAsync(() => recorder.Last.IsEmpty, Bound, () => $"{recorder.Deleted.Count} turns");
        recorder.Deleted.Count.ShouldBe(101);
    }

    [Fact]
    public async Task Reconcile_OneHotKeyAndOneSlot_StarvesNobody()
    {
        var ns = await server.NamespaceAsync("hot");
        var (most, now) = (0, new ConcurrentDictionary<string, int>());
        var recorder = new Recorder
        {
            OnReconcile = async (w, ct) =>
            {
                var here = now.AddOrUpdate(w.Metadata.Name, 1, (_, n) => n + 1);
                most = Math.Max(most, here);
                await Task.Delay(10, ct);
                now.AddOrUpdate(w.Metadata.Name, 0, (_, n) => n - 1);
                // The hot one wants its next turn at once, for ever.
                return ReconciliationResult<Widget>.Success(w, w.Metadata.Name == "hot" ? TimeSpan.Zero : null);
            },
        };
        await using var test = await TestOperator.StartAsync(
            server.Configuration(), ns, recorder: recorder, settings: s => s.ParallelReconciliation.MaxParallelReconciliations = 1);
        await server.Client.CreateAsync(Widget.Named("hot", ns));
        await Eventually.TrueAsync(() => recorder.Count("hot") > 20, Bound, () => "the hot one to be hot");

        for (var i = 0; i < 20; i++)
            await server.Client.CreateAsync(Widget.Named($"cold{i}", ns));

        await Eventually.TrueAsync(() => recorder.Last.Count == 21, Bound, () => $"{recorder.Last.Count} of 21");
        most.ShouldBe(1, "one turn at a time for each key");
    }

    [Fact]
    public async Task Reconcile_ConflictStorm_EveryObjectConverges()
    {
        var ns = await server.NamespaceAsync("storm");
        var conflicts = 0;
        var recorder = new Recorder();
        recorder.OnReconcile = async (w, ct) =>
        {
            if (w.Status.Seen != w.Spec.Value)
            {
                w.Status.Seen = w.Spec.Value;
                try
                {
                    await server.Client.UpdateStatusAsync(w, ct);
                }
                catch (HttpOperationException)
                {
                    Interlocked.Increment(ref conflicts);
                    throw;
                }
            }
            return ReconciliationResult<Widget>.Success(w);
        };
        await using var test = await TestOperator.StartAsync(server.Configuration(), ns, recorder: recorder);
        var names = Enumerable.Range(0, 5).Select(i => $"w{i}").ToList();
        foreach (var name in names)
            await server.Client.CreateAsync(Widget.Named(name, ns));

        await Task.WhenAll(names.Select(async name =>
        {
            for (var value = 1; value <= 100; value++)
                await server.Client.PatchAsync<Widget>(new($$$"""{"spec":{"value":{{{value}}}}}""", V1Patch.PatchType.MergePatch), name, ns);
        }));

        await Eventually.TrueAsync(
            async () => (await server.Client.ListAsync<Widget>(ns)).All(w => w.Status.Seen == 100), Bound, () => "every status to say 100");
        conflicts.ShouldBePositive("or the storm was none");
    }

    [Fact]
    public async Task Reconcile_ObjectThatDoesNotFitItsType_HoldsUpNobody()
    {
        var ns = await server.NamespaceAsync("unfit");
        const string Unfit = """{"apiVersion":"tests.bulkhead.dev/v1","kind":"Widget","metadata":{"name":"NAME"},"spec":{"value":"a text"}}""";
        await server.KubectlAsync(["create", "-n", ns, "-f", "-"], Unfit.Replace("NAME", "listed", StringComparison.Ordinal));
        await using var test = await TestOperator.StartAsync(server.Configuration(), ns);
        await server.KubectlAsync(["create", "-n", ns, "-f", "-"], Unfit.Replace("NAME", "watched", StringComparison.Ordinal));

        await server.Client.CreateAsync(Widget.Named("fit", ns));

        await Eventually.TrueAsync(() => test.Recorder.Count("fit") == 1, Bound, () => "the one that fits");
        test.KnownNames.ShouldBe(["fit"]);
    }

    [Fact]
    public async Task Reconcile_LabelSelector_SeesOnlyTheChosenAndTheEndOfThoseThatNoLongerAre()
    {
        var ns = await server.NamespaceAsync("chosen");
        await using var test = await TestOperator.StartAsync(server.Configuration(), ns, onlyChosen: true);
        await server.Client.CreateAsync(Widget.Named("other", ns));
        var chosen = Widget.Named("chosen", ns);
        chosen.Metadata.Labels = new Dictionary<string, string> { ["chosen"] = "yes" };
        await server.Client.CreateAsync(chosen);
        await Eventually.TrueAsync(() => test.Recorder.Count("chosen") == 1, Bound, () => "the chosen one");

        await server.Client.PatchAsync<Widget>(new("""{"metadata":{"labels":null}}""", V1Patch.PatchType.MergePatch), "chosen", ns);

        await Eventually.TrueAsync(() => test.Recorder.Deleted.Count == 1, Bound, () => "the end of its choice");
        test.Recorder.Count("other").ShouldBe(0);
    }

    [Fact]
    public async Task Queue_AskedForLater_ReconcilesThenWithTheNewestVersion()
    {
        var ns = await server.NamespaceAsync("later");
        await using var test = await TestOperator.StartAsync(server.Configuration(), ns);
        var created = await server.Client.CreateAsync(Widget.Named("w", ns));
        await Eventually.TrueAsync(() => test.Recorder.Count("w") == 1, Bound, () => "the first turn");
        var queue = test.Services.GetRequiredService<EntityQueue<Widget>>();
        var begun = Stopwatch.GetTimestamp();

        // By name alone, as an owner reference names it.
        var known = await queue(
            Widget.Named("w", ns), ReconciliationType.Modified, ReconciliationTriggerSource.Operator, TimeSpan.FromMilliseconds(300), 0, default);
        var unknown = await queue(
            Widget.Named("nobody", ns), ReconciliationType.Modified, ReconciliationTriggerSource.Operator, TimeSpan.Zero, 0, default);

        (known, unknown).ShouldBe((true, false));
        await Eventually.TrueAsync(() => test.Recorder.Count("w") == 2, Bound, () => "the second turn");
        Stopwatch.GetElapsedTime(begun).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(295));
        test.Recorder.Last[created.Metadata.Uid].ShouldBe(created.Metadata.ResourceVersion);
    }
}
