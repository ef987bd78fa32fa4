using Bulkhead.Conformance.Tests.Wirings;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;
using Bulkhead.Testing.Time;

namespace Bulkhead.Conformance.Tests.UEC;

/// <summary>UEC rows about the factory's limits, errors and counts.</summary>
public class FactoryRows
{
    [Fact(DisplayName = "UEC-02 the factory needs its event bridge; with it: limit 2, no engines, zero metrics")]
    [Trait("Seed", "UEC-02")]
    public Task Uec02() => BridgeIsRequiredAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-02 fails when a missing bridge is replaced silently")]
    [Trait("Seed", "UEC-02")]
    public Task Uec02_Sabotaged() => Sabotage.MustFailAsync(BridgeIsRequiredAsync, Wiring.Real with
    {
        Factory = (wiring, bridge) => new ExecutionEngineFactory(bridge ?? new SilentBridge(), wiring.Host()),
    });

    [Fact(DisplayName = "UEC-04 the third engine of one user is refused and counted")]
    [Trait("Seed", "UEC-04")]
    public Task Uec04() => ThirdEngineIsRefusedAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-04 fails when the limit is 3")]
    [Trait("Seed", "UEC-04")]
    public Task Uec04_Sabotaged() =>
        Sabotage.MustFailAsync(ThirdEngineIsRefusedAsync, Wiring.Real with { Options = new() { MaxEnginesPerUser = 3 } });

    [Fact(DisplayName = "UEC-08 an invalid context is an error of the factory, counted once; then a valid one works")]
    [Trait("Seed", "UEC-08")]
    public Task Uec08() => InvalidContextIsRefusedAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-08 fails when the factory repairs contexts")]
    [Trait("Seed", "UEC-08")]
    public Task Uec08_Sabotaged() => Sabotage.MustFailAsync(InvalidContextIsRefusedAsync, Wiring.Real with
    {
        Create = (factory, fields) => factory.CreateForUserAsync(
            fields with { UserId = fields.UserId is "" or "placeholder" ? "default_user" : fields.UserId }, CancellationToken.None),
    });

    [Fact(DisplayName = "UEC-09 three engines cleaned: active 0, cleaned 3, none active")]
    [Trait("Seed", "UEC-09")]
    public Task Uec09() => CleanUpLeavesNothingAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-09 fails when the clean-up does nothing")]
    [Trait("Seed", "UEC-09")]
    public Task Uec09_Sabotaged() =>
        Sabotage.MustFailAsync(CleanUpLeavesNothingAsync, Wiring.Real with { CleanUp = (_, _) => Task.CompletedTask });

    [Fact(DisplayName = "UEC-14 limit reached, 3 more refused, one cleaned, creation works again")]
    [Trait("Seed", "UEC-14")]
    public Task Uec14_Limit() => CreationRecoversFromTheLimitAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-14 fails when a clean-up does not free the place")]
    [Trait("Seed", "UEC-14")]
    public Task Uec14_LimitSabotaged() =>
        Sabotage.MustFailAsync(CreationRecoversFromTheLimitAsync, Wiring.Real with { CleanUp = (_, _) => Task.CompletedTask });

    [Fact(DisplayName = "UEC-14 the breaker opens after repeated failures and recovers")]
    [Trait("Seed", "UEC-14")]
    public Task Uec14_Breaker() => BreakerOpensAndRecoversAsync(Wiring.Real);

    [Fact(DisplayName = "UEC-14 fails when the breaker never opens")]
    [Trait("Seed", "UEC-14")]
    public Task Uec14_BreakerSabotaged() =>
        Sabotage.MustFailAsync(BreakerOpensAndRecoversAsync, Wiring.Real with { Options = new() { BreakerFailures = 1000 } });

    private static async Task BridgeIsRequiredAsync(Wiring wiring)
    {
        Should.Throw<ArgumentException>(() => wiring.NewFactory(bridge: null)).Message.ShouldContain("requires websocket_bridge");

        await using var factory = wiring.NewFactory(new Mailboxes());
        wiring.Options.MaxEnginesPerUser.ShouldBe(2);
        factory.Summary().Users.ShouldBeEmpty();
        factory.Metrics.ShouldBe(Metrics());
    }

    private static async Task ThirdEngineIsRefusedAsync(Wiring wiring)
    {
        await using var factory = wiring.NewFactory(new Mailboxes());
        await wiring.Create(factory, Users.Fields("alice"));
        await wiring.Create(factory, Users.Fields("alice"));
        var refusal = await Should.ThrowAsync<UserEngineLimitException>(() => wiring.Create(factory, Users.Fields("alice")));

        refusal.Message.ShouldBe("User alice has reached maximum engine limit (2/2)");
        factory.Metrics.ShouldBe(Metrics(created: 2, active: 2, userLimitRejections: 1));
        await wiring.Create(factory, Users.Fields("bob"));
    }

    private static async Task InvalidContextIsRefusedAsync(Wiring wiring)
    {
        await using var factory = wiring.NewFactory(new Mailboxes());
        var error = await Should.ThrowAsync<EngineCreationException>(() => wiring.Create(factory, Users.Fields("placeholder")));
        error.InnerException.ShouldBeOfType<InvalidContextException>();
        error.Message.ShouldContain("Field 'user_id' contains forbidden placeholder value: 'placeholder'.");
        factory.Metrics.ShouldBe(Metrics(creationErrors: 1));

        (await wiring.Create(factory, Users.Fields("alice"))).IsActive.ShouldBeTrue();
        factory.Metrics.ShouldBe(Metrics(created: 1, active: 1, creationErrors: 1));
    }

    private static async Task CleanUpLeavesNothingAsync(Wiring wiring)
    {
        await using var factory = wiring.NewFactory(new Mailboxes());
        var engines = new List<UserExecutionEngine>();
        foreach (var user in new[] { "alice", "bob", "carol" }) engines.Add(await wiring.Create(factory, Users.Fields(user)));
        engines.ShouldAllBe(engine => engine.IsActive);
        foreach (var engine in engines.Concat(engines)) await wiring.CleanUp(factory, engine);

        factory.Metrics.ShouldBe(Metrics(created: 3, cleaned: 3));
        engines.ShouldAllBe(engine => !engine.IsActive && engine.Context.HasEnded);
        factory.Summary().Users.ShouldBeEmpty();
    }

    private static async Task CreationRecoversFromTheLimitAsync(Wiring wiring)
    {
        await using var factory = wiring.NewFactory(new Mailboxes());
        var first = await wiring.Create(factory, Users.Fields("alice"));
        await wiring.Create(factory, Users.Fields("alice"));
        for (var i = 0; i < 3; i++)
        {
            await Should.ThrowAsync<UserEngineLimitException>(() => wiring.Create(factory, Users.Fields("alice")));
        }

        await wiring.CleanUp(factory, first);
        await Should.NotThrowAsync(() => wiring.Create(factory, Users.Fields("alice")));
        factory.Metrics.ShouldBe(Metrics(created: 3, cleaned: 1, active: 2, userLimitRejections: 3));
    }

    private static async Task BreakerOpensAndRecoversAsync(Wiring wiring)
    {
        var clock = new ManualClock();
        var host = new FailingHost(wiring.Host());
        await using var factory = (wiring with { Clock = clock, Host = () => host }).NewFactory(new Mailboxes());
        for (var i = 0; i < 5; i++) await Should.ThrowAsync<EngineCreationException>(() => wiring.Create(factory, Users.Fields("alice")));
        var suspended = await Should.ThrowAsync<EngineCreationSuspendedException>(() => wiring.Create(factory, Users.Fields("bob")));
        suspended.Message.ShouldBe("Engine creation is suspended after repeated failures; try again in 30 s");
        factory.Metrics.ShouldBe(Metrics(creationErrors: 5, breakerRejections: 1));

        host.Repaired = true;
        clock.Advance(suspended.RetryAfter);
        foreach (var user in new[] { "alice", "alice", "bob" }) await wiring.Create(factory, Users.Fields(user));
        factory.Metrics.ShouldBe(Metrics(created: 3, active: 3, creationErrors: 5, breakerRejections: 1));
    }

    private static EngineFactoryMetrics Metrics(
        int created = 0, int cleaned = 0, int active = 0, int creationErrors = 0, int userLimitRejections = 0, int breakerRejections = 0) => new()
        {
            TotalEnginesCreated = created,
            TotalEnginesCleaned = cleaned,
            ActiveEnginesCount = active,
            CreationErrors = creationErrors,
            CleanupErrors = 0,
            TimeoutCleanups = 0,
            UserLimitRejections = userLimitRejections,
            BreakerRejections = breakerRejections,
        };
}
