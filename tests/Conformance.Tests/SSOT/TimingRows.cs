using System.Diagnostics;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Conformance.Tests.Wirings;
using Bulkhead.Engine.Factory;

namespace Bulkhead.Conformance.Tests.SSOT;

/// <summary>SSOT rows with the seed's own bounds of time and memory; best of 3. The figures are in the load report.</summary>
[Collection(AloneCollection.Name)]
public class TimingRows
{
    private const string Heavy = """
        name: heavy
        nodes:
          - {name: a, run: "local n = 0 for i = 1, 40000000 do n = n + i % 7 end return {a = n}"}
          - {name: b, run: "local n = 0 for i = 1, 40000000 do n = n + i % 7 end return {b = n}"}
          - {name: join, run: "return {done = true}"}
        edges:
          - {from: __start__, parallel: [a, b], fan_in: join}
          - {from: join, to: __end__}
        """;

    [Fact(DisplayName = "SSOT-6 a heavy user does not slow light ones: < 0.5 s and < 0.3 of the heavy run")]
    [Trait("Seed", "SSOT-6")]
    public Task Ssot6() => BestOfThree.RunAsync(() => LightStaysLightAsync(Wiring.Real));

    [Fact(DisplayName = "SSOT-6 fails when runs queue behind each other")]
    [Trait("Seed", "SSOT-6")]
    public Task Ssot6_Sabotaged()
    {
        var host = SabotagedHost.OneAtATime();
        return Sabotage.MustFailAsync(LightStaysLightAsync, Wiring.Real with { Host = () => host });
    }

    [Fact(DisplayName = "SSOT-8 response < 2 s, release < 1 s (order of magnitude)")]
    [Trait("Seed", "SSOT-8")]
    public Task Ssot8() => BestOfThree.RunAsync(() => ResponseIsQuickAsync(Wiring.Real));

    [Fact(DisplayName = "SSOT-8 fails when every run takes 2 s longer")]
    [Trait("Seed", "SSOT-8")]
    public Task Ssot8_Sabotaged()
    {
        var host = SabotagedHost.Slow(TimeSpan.FromSeconds(2));
        return Sabotage.MustFailAsync(ResponseIsQuickAsync, Wiring.Real with { Host = () => host });
    }

    [Fact(DisplayName = "SSOT-2 10 sessions grow < 5 MB each and give more than half of it back")]
    [Trait("Seed", "SSOT-2")]
    public Task Ssot2_Memory() => BestOfThree.RunAsync(() => SessionsGiveMemoryBackAsync(Wiring.Real));

    [Fact(DisplayName = "SSOT-2 fails when the host keeps what it gave")]
    [Trait("Seed", "SSOT-2")]
    public Task Ssot2_MemorySabotaged()
    {
        var host = SabotagedHost.Hoarding(2_000_000);
        return Sabotage.MustFailAsync(SessionsGiveMemoryBackAsync, Wiring.Real with { Host = () => host });
    }

    private static async Task LightStaysLightAsync(Wiring wiring)
    {
        await using var factory = wiring.NewFactory(new Mailboxes());
        var (heavy, light) = (Runs.Load(Heavy), Runs.Load(Runs.Marking));
        await Runs.OnceAsync(wiring, factory, "warm-up", light, new { mark = "w" });
        var heavyRuns = Enumerable.Range(0, 2).Select(_ => TimedAsync(wiring, factory, "heavy-user", heavy)).ToArray();
        var lights = await Task.WhenAll(new[] { "alice", "bob", "carol" }.Select(async user =>
        {
            var times = new List<TimeSpan>();
            for (var i = 0; i < 5; i++) times.Add(await TimedAsync(wiring, factory, user, light));
            return times.Max();
        }));
        var heavyTime = (await Task.WhenAll(heavyRuns)).Max();

        lights.Max().ShouldBeLessThan(TimeSpan.FromSeconds(0.5));
        (lights.Max() / heavyTime).ShouldBeLessThan(0.3);
    }

    private static async Task ResponseIsQuickAsync(Wiring wiring)
    {
        await using var factory = wiring.NewFactory(new Mailboxes());
        var workflow = Runs.Load(Runs.Marking);
        var started = Stopwatch.GetTimestamp();
        var engine = await wiring.Create(factory, Users.Fields("alice"));
        (await Runs.RunAsync(engine, workflow, new { mark = "m" })).Phase.ShouldBe(ExecutionPhase.Succeeded);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));

        started = Stopwatch.GetTimestamp();
        await wiring.CleanUp(factory, engine);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        engine.IsActive.ShouldBeFalse();
    }

    private static async Task SessionsGiveMemoryBackAsync(Wiring wiring)
    {
        await using var factory = wiring.NewFactory(new Mailboxes());
        var workflow = Runs.Load(Runs.Marking);
        await Runs.OnceAsync(wiring, factory, "warm-up", workflow, new { mark = "w" });
        var before = ManagedMemory.Held();
        var grown = await SessionsAsync(wiring, factory, workflow) - before;
        (grown / 10).ShouldBeLessThan(5_000_000);

        var bound = Math.Max(1_000_000, grown / 2);
        (await ManagedMemory.KeptAsync(before, bound)).ShouldBeLessThan(bound);
    }

    /// <summary>What is held while ten engines that have run still exist.</summary>
    private static async Task<long> SessionsAsync(Wiring wiring, ExecutionEngineFactory factory, Workflow workflow)
    {
        var engines = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => wiring.Create(factory, Users.Fields($"user-{i}"))));
        var results = await Task.WhenAll(engines.Select(engine => Runs.RunAsync(engine, workflow, new { mark = new string('m', 100_000) })));
        var held = ManagedMemory.Held();
        results.ShouldAllBe(result => result.Phase == ExecutionPhase.Succeeded);
        await Task.WhenAll(engines.Select(engine => wiring.CleanUp(factory, engine)));
        return held;
    }

    private static async Task<TimeSpan> TimedAsync(Wiring wiring, ExecutionEngineFactory factory, string user, Workflow workflow)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await Runs.OnceAsync(wiring, factory, user, workflow, new { mark = user });
        result.Phase.ShouldBe(ExecutionPhase.Succeeded);
        return Stopwatch.GetElapsedTime(started);
    }
}
