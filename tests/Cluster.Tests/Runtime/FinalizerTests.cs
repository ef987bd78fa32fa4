using Bulkhead.Cluster.Operator;
using Bulkhead.Cluster.Tests.Clusters;
using k8s.Models;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Finalizer;
using Microsoft.Extensions.DependencyInjection;

namespace Bulkhead.Cluster.Tests.Runtime;

/// <summary>Finalizers come and go by patches that touch nothing of others.</summary>
[Collection(ClusterCollection.Name)]
public sealed class FinalizerTests(ApiServer server)
{
    private const string First = "tests.bulkhead.dev/first";
    private const string Second = "tests.bulkhead.dev/second";
    private const string Foreign = "others.example/theirs";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Attach_BeforeTheFirstReconcile_IsPersisted()
    {
        var ns = await server.NamespaceAsync("attach");
        var seen = new TaskCompletionSource<IList<string>>();
        var recorder = new Recorder
        {
            OnReconcile = async (w, ct) =>
            {
                seen.TrySetResult((await server.Client.GetAsync<Widget>(w.Metadata.Name, ns, ct))!.Metadata.Finalizers);
                return ReconciliationResult<Widget>.Success(w);
            },
        };
        await using var test = await StartAsync(ns, recorder);

        await server.Client.CreateAsync(WithForeign("w", ns));

        (await seen.Task.WaitAsync(Bound)).ShouldBe([Foreign, First, Second], "theirs stays, ours are there before any work");
    }

    [Fact]
    public async Task Finalize_FailsTwice_RunsAgainAndAllOfOursRunInOrder()
    {
        var ns = await server.NamespaceAsync("fails");
        var calls = new FinalizerCalls { FailuresOfFirst = 2 };
        await using var test = await StartAsync(ns, calls: calls);
        var widget = await server.Client.CreateAsync(WithForeign("w", ns));
        await HasOursAsync("w", ns);

        await server.Client.DeleteAsync(widget);

        await Eventually.TrueAsync(
            async () => (await server.Client.GetAsync<Widget>("w", ns))!.Metadata.Finalizers.SequenceEqual([Foreign]), Bound,
            () => string.Join(", ", calls.Calls));
        calls.Calls.Take(4).ShouldBe(["first", "first", "first", "second"]);
        calls.Calls.Skip(4).ShouldAllBe(c => c == "second", "a turn that began before the watch had shown the last removal runs it once more: a finalizer may run twice");
        await server.Client.PatchAsync<Widget>(new("""{"metadata":{"finalizers":null}}""", V1Patch.PatchType.MergePatch), "w", ns);
        await Eventually.TrueAsync(() => test.Recorder.Deleted.Count == 1, Bound, () => "the end");
    }

    [Fact]
    public async Task Finalize_OthersEditAllTheTime_AllGoAndNothingOfTheirsIsLost()
    {
        var ns = await server.NamespaceAsync("edits");
        await using var test = await StartAsync(ns);
        var names = Enumerable.Range(0, 20).Select(i => $"w{i}").ToList();
        using var stop = new CancellationTokenSource();
        var edits = 0;
        foreach (var name in names)
            await server.Client.CreateAsync(WithForeign(name, ns));
        var editors = names.Select(name => EditAsync(name, ns, () => Interlocked.Increment(ref edits), stop.Token)).ToList();
        foreach (var name in names)
            await HasOursAsync(name, ns);

        foreach (var name in names)
            await server.Client.DeleteAsync<Widget>(name, ns);

        await Eventually.TrueAsync(
            async () => (await server.Client.ListAsync<Widget>(ns)).All(w => !w.HasFinalizer(First) && !w.HasFinalizer(Second)), Bound,
            () => "our finalizers to go");
        await stop.CancelAsync();
        await Task.WhenAll(editors);
        var left = await server.Client.ListAsync<Widget>(ns);
        left.Count.ShouldBe(20, "their finalizer holds every object");
        left.ShouldAllBe(w => w.HasFinalizer(Foreign) && w.GetAnnotation("edit") != null);
        edits.ShouldBeGreaterThan(100);
    }

    private static Widget WithForeign(string name, string ns)
    {
        var widget = Widget.Named(name, ns);
        widget.Metadata.Finalizers = [Foreign];
        return widget;
    }

    private Task<TestOperator> StartAsync(string ns, Recorder? recorder = null, FinalizerCalls? calls = null) => TestOperator.StartAsync(
        server.Configuration(), ns, recorder: recorder, more: builder =>
        {
            builder.Services.AddSingleton(calls ?? new());
            builder.AddFinalizer<FirstFinalizer, Widget>(First).AddFinalizer<SecondFinalizer, Widget>(Second);
        });

    private Task<TimeSpan> HasOursAsync(string name, string ns) => Eventually.TrueAsync(
        async () => (await server.Client.GetAsync<Widget>(name, ns))!.HasFinalizer(Second), Bound, () => $"our finalizers on {name}");

    /// <summary>Somebody who writes annotations, and now and then moves a finalizer of theirs in front of ours.</summary>
    private async Task EditAsync(string name, string ns, Action edited, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await server.Client.PatchAsync<Widget>(
                new($$$$"""{"metadata":{"annotations":{"edit":"{{{{i}}}}"}}}""", V1Patch.PatchType.MergePatch), name, ns, cancellationToken: default);
            edited();
        }
    }

    internal sealed class FinalizerCalls
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Calls { get; } = [];

        public int FailuresOfFirst { get; set; }
    }

    internal sealed class FirstFinalizer(FinalizerCalls calls) : IEntityFinalizer<Widget>
    {
        public Task<ReconciliationResult<Widget>> FinalizeAsync(Widget entity, CancellationToken cancellationToken)
        {
            calls.Calls.Enqueue("first");
            return Task.FromResult(calls.FailuresOfFirst-- > 0
                ? ReconciliationResult<Widget>.Failure(entity, "not yet", requeueAfter: TimeSpan.FromMilliseconds(20))
                : ReconciliationResult<Widget>.Success(entity));
        }
    }

    internal sealed class SecondFinalizer(FinalizerCalls calls) : IEntityFinalizer<Widget>
    {
        public Task<ReconciliationResult<Widget>> FinalizeAsync(Widget entity, CancellationToken cancellationToken)
        {
            calls.Calls.Enqueue("second");
            return Task.FromResult(ReconciliationResult<Widget>.Success(entity));
        }
    }
}
