using Bulkhead.Engine.Factory;
using static Bulkhead.Engine.Tests.Contexts.ContextBuilder;

namespace Bulkhead.Engine.Tests.Factory;

public class CreationBreakerTests : FactoryTestBase
{
    [Fact]
    public async Task Breaker_HostFailsFiveTimes_OpensThenRecovers()
    {
        await using var factory = Factory();
        Host.OnLease = _ => throw new IOException("no worker");
        for (var i = 0; i < 5; i++)
        {
            (await Should.ThrowAsync<EngineCreationException>(() => CreateAsync(factory))).Message.ShouldBe("No engine for user alice: no worker");
        }

        Clock.Advance(TimeSpan.FromSeconds(12));
        var suspended = await Should.ThrowAsync<EngineCreationSuspendedException>(() => CreateAsync(factory));
        suspended.Message.ShouldBe("Engine creation is suspended after repeated failures; try again in 18 s");
        factory.Metrics.CreationErrors.ShouldBe(5);
        factory.Metrics.BreakerRejections.ShouldBe(1);

        Clock.Advance(suspended.RetryAfter);
        await Should.ThrowAsync<EngineCreationException>(() => CreateAsync(factory), "half-open: one is tried, and fails");
        await Should.ThrowAsync<EngineCreationSuspendedException>(() => CreateAsync(factory), "so it opens again");

        Clock.Advance(TimeSpan.FromSeconds(30));
        Host.OnLease = _ => Task.CompletedTask;
        await CreateAsync(factory);
        await CreateAsync(factory);
        factory.Metrics.ActiveEnginesCount.ShouldBe(2, "failed creations left no place taken");
    }

    [Fact]
    public async Task Breaker_FaultsOfOneUser_DoNotShutOutTheOthers()
    {
        await using var factory = Factory();
        await CreateAsync(factory);
        await CreateAsync(factory);
        for (var i = 0; i < 20; i++)
        {
            await Should.ThrowAsync<UserEngineLimitException>(() => CreateAsync(factory));
            await Should.ThrowAsync<EngineCreationException>(() => factory.CreateForUserAsync(Fields("placeholder"), CancellationToken.None));
        }

        await CreateAsync(factory, "bob");
        (factory.Metrics.CreationErrors, factory.Metrics.UserLimitRejections, factory.Metrics.BreakerRejections).ShouldBe((20, 20, 0));
    }
}
