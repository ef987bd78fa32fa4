using Bulkhead.Cluster.Operator;
using Bulkhead.Cluster.Tests.Clusters;
using KubeOps.Operator;

namespace Bulkhead.Cluster.Tests.Runtime;

/// <summary>Nothing is missed, whatever happens to the watch.</summary>
[Collection(ClusterCollection.Name)]
public sealed class GapTests(ApiServer server) : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private Proxy _proxy = null!;
    private string _ns = "";

    public async Task InitializeAsync()
    {
        _ns = await server.NamespaceAsync("gap");
        _proxy = new(server.Client.BaseUri);
    }

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Fact]
    [Trait("Needs", "OwnServer")]
    public async Task Watch_ApiServerRestarts_GoesOn()
    {
        await using var test = await StartAsync();
        await CreateAsync("before");
        await SeenAsync(test, "before");

        await server.RestartAsync("apiserver");
        await CreateAsync("after");

        await SeenAsync(test, "after");
    }

    [Fact]
    public async Task Watch_ProxyGoesSilent_IsNoticedAndReplaced()
    {
        await using var test = await StartAsync();
        await CreateAsync("before");
        await SeenAsync(test, "before");

        _proxy.GoSilent();
        await CreateAsync("lost");
        await Task.Delay(100);
        test.Recorder.Count("lost").ShouldBe(0, "the proxy passes nothing");
        _proxy.Speak();

        await SeenAsync(test, "lost");
    }

    [Fact]
    [Trait("Needs", "OwnServer")]
    public async Task Watch_VersionsCompactedAway_ListsAnewAndSeesDeletionsOnce()
    {
        await using var test = await StartAsync();
        await CreateAsync("stays");
        var goes = await CreateAsync("goes");
        await SeenAsync(test, "stays");
        await SeenAsync(test, "goes");

        await GapAsync(async () =>
        {
            await server.Client.DeleteAsync(goes);
            await CreateAsync("comes");
        });

        await SeenAsync(test, "comes");
        await Eventually.TrueAsync(() => !test.Recorder.Deleted.IsEmpty, Bound, () => "the deletion during the gap");
        test.Recorder.Deleted.ShouldBe([("goes", goes.Metadata.Uid)]);
        test.KnownNames.ShouldBe(["comes", "stays"]);
    }

    [Fact]
    [Trait("Needs", "OwnServer")]
    public async Task Watch_ObjectReplacedUnderItsNameInAGap_OldOneEndsAndNewOneIsReconciled()
    {
        await using var test = await StartAsync();
        var old = await CreateAsync("same");
        await SeenAsync(test, "same");

        Widget? young = null;
        await GapAsync(async () =>
        {
            await server.Client.DeleteAsync(old);
            young = await CreateAsync("same");
        });

        await Eventually.TrueAsync(
            () => test.Recorder.Reconciled.Any(r => r.Version == young!.Metadata.ResourceVersion), Bound, () => "the new object");
        await Eventually.TrueAsync(() => !test.Recorder.Deleted.IsEmpty, Bound, () => "the end of the old one");
        test.Recorder.Deleted.ShouldBe([("same", old.Metadata.Uid)]);
    }

    [Fact]
    [Trait("Needs", "OwnServer")]
    public async Task Watch_CompactedAwayWithoutRelist_MissesTheDeletion()
    {
        // The mutant: what the tests above would see if the runtime did not list anew.
        await using var test = await StartAsync(TestOperator.ShortTimes with { Relist = false });
        var goes = await CreateAsync("goes");
        await SeenAsync(test, "goes");

        await GapAsync(async () =>
        {
            await server.Client.DeleteAsync(goes);
            await CreateAsync("comes");
        });

        await SeenAsync(test, "comes");
        test.KnownNames.ShouldContain("goes", "without a list nobody tells it");
    }

    [Fact]
    public async Task Watch_ServerEndsItEverySecond_NothingIsMissed()
    {
        await using var test = await StartAsync(TestOperator.ShortTimes with { WatchTimeout = TimeSpan.FromSeconds(1) });

        for (var i = 0; i < 60; i++)
        {
            await CreateAsync($"w{i}");
            await Task.Delay(50);
        }

        await Eventually.TrueAsync(() => test.Recorder.Last.Count == 60, Bound, () => $"{test.Recorder.Last.Count} of 60");
        test.Recorder.Reconciled.Count.ShouldBe(60, "a watch that is ended by the server goes on from its last version");
    }

    private Task<TestOperator> StartAsync(RuntimeOptions? options = null) =>
        TestOperator.StartAsync(server.Configuration(_proxy.Address), _ns, options);

    private Task<Widget> CreateAsync(string name) => server.Client.CreateAsync(Widget.Named(name, _ns));

    private static Task<TimeSpan> SeenAsync(TestOperator test, string name) =>
        Eventually.TrueAsync(() => test.Recorder.Count(name) > 0, Bound, () => $"a reconcile of {name}");

    /// <summary>The operator is cut off, things happen, and the versions that it knows are compacted away.</summary>
    private async Task GapAsync(Func<Task> meanwhile)
    {
        _proxy.Refuse(true);
        await meanwhile();
        await server.CompactAsync();
        await server.RestartAsync("apiserver");
        _proxy.Refuse(false);
    }
}
