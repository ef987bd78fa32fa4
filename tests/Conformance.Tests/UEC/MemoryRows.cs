using Bulkhead.Api.Contract;
using Bulkhead.Conformance.Tests.Wirings;
using Bulkhead.Engine.Factory;

namespace Bulkhead.Conformance.Tests.UEC;

[Collection(AloneCollection.Name)]
public class MemoryRows
{
    private const long Slack = 1_000_000;

    [Fact(DisplayName = "UEC-15 3 batches of 10 users: 30 unique users, isolated, none active at the end, memory given back")]
    [Trait("Seed", "UEC-15")]
    public Task Uec15() => BestOfThree.RunAsync(() => BatchesLeaveNothingAsync(Wiring.Real));

    [Fact(DisplayName = "UEC-15 fails when the host keeps what it gave")]
    [Trait("Seed", "UEC-15")]
    public Task Uec15_Hoarding()
    {
        var host = SabotagedHost.Hoarding(1_000_000);
        return Sabotage.MustFailAsync(BatchesLeaveNothingAsync, Wiring.Real with { Host = () => host });
    }

    [Fact(DisplayName = "UEC-15 fails when runs share their state")]
    [Trait("Seed", "UEC-15")]
    public Task Uec15_SharedState()
    {
        var host = SabotagedHost.SharedState();
        return Sabotage.MustFailAsync(BatchesLeaveNothingAsync, Wiring.Real with { Host = () => host });
    }

    private static async Task BatchesLeaveNothingAsync(Wiring wiring)
    {
        await using var factory = wiring.NewFactory(new Mailboxes());
        await BatchAsync(wiring, factory, batch: 0);
        var baseline = ManagedMemory.Held();
        var users = new List<string>();
        for (var batch = 1; batch <= 3; batch++) users.AddRange(await BatchAsync(wiring, factory, batch));

        users.Distinct().Count().ShouldBe(30);
        factory.Metrics.ActiveEnginesCount.ShouldBe(0);
        factory.Metrics.TotalEnginesCleaned.ShouldBe(40);
        factory.Metrics.CleanupErrors.ShouldBe(0);
        factory.Summary().Users.ShouldBeEmpty();
        (await ManagedMemory.KeptAsync(baseline, Slack)).ShouldBeLessThan(Slack);
    }

    private static async Task<IReadOnlyList<string>> BatchAsync(Wiring wiring, ExecutionEngineFactory factory, int batch)
    {
        var workflow = Runs.Load(Runs.Marking);
        var users = Enumerable.Range(0, 10).Select(i => $"user-{batch}-{i}").ToArray();
        var engines = await Task.WhenAll(users.Select(user => wiring.Create(factory, Users.Fields(user))));
        factory.Metrics.ActiveEnginesCount.ShouldBe(10);
        var results = await Task.WhenAll(engines.Select(engine => Runs.RunAsync(engine, workflow, new { mark = engine.Context.UserId })));

        foreach (var (user, result) in users.Zip(results))
        {
            result.Phase.ShouldBe(ExecutionPhase.Succeeded);
            result.State!.Value.GetProperty("found").EnumerateArray().Select(item => item.GetString()).ShouldBe([user]);
        }

        await Task.WhenAll(engines.Select(engine => wiring.CleanUp(factory, engine)));
        return [.. engines.Select(engine => engine.Context.UserId)];
    }
}
