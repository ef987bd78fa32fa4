using Bulkhead.Cluster.Operator;
using Bulkhead.Cluster.Tests.Clusters;
using k8s.Models;
using KubeOps.Operator;

namespace Bulkhead.Cluster.Tests.Runtime;

/// <summary>
/// Random creates, updates and deletes while the watch is cut again and again, and once while its versions are compacted away. In the end the runtime
/// must believe exactly what the server lists, and must have reconciled exactly those versions last.
/// </summary>
[Collection(ClusterCollection.Name)]
[Trait("Needs", "OwnServer")]
public sealed class RandomChangesTests(ApiServer server) : IAsyncLifetime
{
    private const int Names = 200;
    private const int Writers = 4;
    private static readonly int Changes = Environment.GetEnvironmentVariable("BULKHEAD_TEST_LONG") is "1" ? 100_000 : 5_000;
    private readonly int _seed = Random.Shared.Next();
    private Proxy _proxy = null!;
    private string _ns = "";

    public async Task InitializeAsync()
    {
        _ns = await server.NamespaceAsync("random");
        _proxy = new(server.Client.BaseUri);
    }

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    [Fact]
    public async Task Runtime_RandomChangesAndCuts_EndsEqualToTheServer()
    {
        await using var test = await TestOperator.StartAsync(server.Configuration(_proxy.Address), _ns);

        await ChangeAsync(Changes);

        await Eventually.TrueAsync(async () => await DifferenceAsync(test) is null, TimeSpan.FromSeconds(60), () => Describe(test));
        _proxy.Connections.ShouldBeGreaterThan(10, "or nothing was cut");
    }

    [Fact]
    public async Task Runtime_MutantWithoutRelist_EndsDifferent()
    {
        await using var test = await TestOperator.StartAsync(
            server.Configuration(_proxy.Address), _ns, TestOperator.ShortTimes with { Relist = false });

        await ChangeAsync(400);

        await Eventually.TrueAsync(() => test.IsIdle, TimeSpan.FromSeconds(30), () => "the mutant to settle");
        await Task.Delay(TimeSpan.FromSeconds(3));
        (await DifferenceAsync(test)).ShouldNotBeNull("the mutant must be caught by the comparison of the test above");
    }

    private async Task ChangeAsync(int changes)
    {
        using var done = new CancellationTokenSource();
        var cutting = CutAsync(done.Token);
        await WriteAsync(changes / 2, 0);
        // A gap: nobody watches, a tenth of the changes happen, their versions are forgotten.
        _proxy.Refuse(true);
        await WriteAsync(changes / 10, 1);
        await server.CompactAsync();
        await server.RestartAsync("apiserver");
        _proxy.Refuse(false);
        await WriteAsync(changes - (changes / 2) - (changes / 10), 2);
        await done.CancelAsync();
        await cutting;
    }

    private Task WriteAsync(int changes, int round) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer, round, changes / Writers)));

    /// <summary>Each writer has names of its own, so that none of its requests meets another's.</summary>
    private async Task WriteAsync(int writer, int round, int changes)
    {
        var random = new Random(_seed + writer + (round * 100));
        var living = (await server.Client.ListAsync<Widget>(_ns)).Select(w => w.Metadata.Name).ToHashSet();
        for (var i = 0; i < changes; i++)
        {
            var name = $"w{(random.Next(Names / Writers) * Writers) + writer}";
            if (!living.Contains(name))
            {
                await server.Client.CreateAsync(Widget.Named(name, _ns, i));
                living.Add(name);
            }
            else if (random.Next(3) == 0)
            {
                await server.Client.DeleteAsync<Widget>(name, _ns);
                living.Remove(name);
            }
            else
            {
                await server.Client.PatchAsync<Widget>(
                    new($$$"""{"spec":{"value":{{{i}}},"round":{{{round}}}}}""", V1Patch.PatchType.MergePatch), name, _ns);
            }
        }
    }

    private async Task CutAsync(CancellationToken done)
    {
        var random = new Random(_seed);
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(random.Next(50, 500), CancellationToken.None);
            _proxy.Cut();
        }
    }

    /// <returns>Null: equal.</returns>
    private async Task<string?> DifferenceAsync(TestOperator test)
    {
        var listed = (await server.Client.ListAsync<Widget>(_ns)).ToDictionary(w => w.Metadata.Uid, w => w.Metadata.ResourceVersion);
        return Difference("known", listed, test.Known) ?? Difference("last reconciled", listed, test.Recorder.Last);
    }

    private static string? Difference(string what, IReadOnlyDictionary<string, string> listed, IReadOnlyDictionary<string, string> found)
    {
        var uids = listed.Keys.Union(found.Keys).Where(n => listed.GetValueOrDefault(n) != found.GetValueOrDefault(n)).Take(5).ToList();
        return uids.Count == 0
            ? null
            : $"{what}: {string.Join("; ", uids.Select(n => $"{n} is {listed.GetValueOrDefault(n)}, believed {found.GetValueOrDefault(n)}"))}";
    }

    private string Describe(TestOperator test) => $"seed {_seed}: {DifferenceAsync(test).GetAwaiter().GetResult()}";
}
