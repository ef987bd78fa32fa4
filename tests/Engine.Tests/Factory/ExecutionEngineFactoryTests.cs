using System.Diagnostics.Metrics;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Factory;
using static Bulkhead.Engine.Tests.Contexts.ContextBuilder;

namespace Bulkhead.Engine.Tests.Factory;

public class ExecutionEngineFactoryTests : FactoryTestBase
{
    [Fact]
    public async Task CreateForUser_UsersOfTwoTenants_AreTwoUsers()
    {
        await using var factory = Factory();
        foreach (var tenant in new[] { "acme", "acme", "globex", "globex" })
        {
            await factory.CreateForUserAsync(Fields() with { TenantId = tenant }, CancellationToken.None);
        }

        factory.Summary().Users.Select(user => $"{user.TenantId}/{user.UserId} {user.Engines.Count}").ShouldBe(["acme/alice 2", "globex/alice 2"]);
    }

    [Fact]
    public async Task CreateForUser_ManyAtOnce_NeverExceedsTheLimit()
    {
        await using var factory = Factory();
        var gate = new TaskCompletionSource();
        Host.OnLease = _ => gate.Task;
        var creations = Enumerable.Range(0, 20).Select(_ => Task.Run(() => CreateAsync(factory))).ToArray();
        await Testing.Eventually.IsTrueAsync(() => factory.Metrics.UserLimitRejections == 18, "places are taken before anything is prepared");
        gate.SetResult();
        await Task.WhenAll(creations).ContinueWith(_ => { }, TaskScheduler.Default);

        creations.Count(creation => creation.IsCompletedSuccessfully).ShouldBe(2);
        factory.Metrics.ActiveEnginesCount.ShouldBe(2);
    }

    [Fact]
    public async Task CreateForUser_SameContextTwice_Refused()
    {
        await using var factory = Factory();
        var context = Context();
        await factory.CreateForUserAsync(context, CancellationToken.None);
        var refusal = await Should.ThrowAsync<EngineCreationException>(() => factory.CreateForUserAsync(context, CancellationToken.None));

        refusal.InnerException.ShouldBeOfType<ContextIsolationException>().Message.ShouldBe($"{context.ExecutionId} has an engine already.");
        Host.GivenBack.ShouldHaveSingleItem("the second lease is given back at once");
        factory.Metrics.ActiveEnginesCount.ShouldBe(1);
        factory.Summary().Users.ShouldHaveSingleItem().Engines.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task CreateForUser_EndedContext_Refused()
    {
        await using var factory = Factory();
        var context = Context();
        await context.EndAsync(CancellationToken.None);
        (await Should.ThrowAsync<EngineCreationException>(() => factory.CreateForUserAsync(context, CancellationToken.None)))
            .Message.ShouldBe($"Invalid user context: execution {context.ExecutionId} has ended");
    }

    [Fact]
    public async Task CreateForUser_Cancelled_FreesThePlaceAndLeavesTheBreakerAlone()
    {
        await using var factory = Factory();
        Host.OnLease = _ => new TaskCompletionSource().Task;
        for (var i = 0; i < 10; i++)
        {
            using var cancelled = new CancellationTokenSource();
            var creation = factory.CreateForUserAsync(Fields(), cancelled.Token);
            await cancelled.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => creation);
        }

        Host.OnLease = _ => Task.CompletedTask;
        await CreateAsync(factory);
        factory.Metrics.CreationErrors.ShouldBe(0);
    }

    [Fact]
    public async Task CleanUpLoop_IdleEngineOfAge_CleanedUp()
    {
        await using var factory = Factory();
        var old = await CreateAsync(factory);
        Clock.Advance(TimeSpan.FromSeconds(250));
        var young = await CreateAsync(factory);
        old.IsActive.ShouldBeTrue();
        Clock.Advance(TimeSpan.FromSeconds(50));

        await Testing.Eventually.IsTrueAsync(() => factory.Metrics is { TimeoutCleanups: 1, TotalEnginesCleaned: 1 }, "the loop cleans up at 300 s");
        (old.IsActive, young.IsActive, old.Context.HasEnded).ShouldBe((false, true, true));
    }

    [Fact]
    public async Task Shutdown_EnginesThatHang_EndsWithinItsTimeAndSaysSo()
    {
        var host = new ScriptedHost { OnDispose = () => new TaskCompletionSource().Task };
        var factory = new ExecutionEngineFactory(Bridge, host, new EngineFactoryOptions { CleanupTimeout = TimeSpan.FromSeconds(60) }, Clock);
        await CreateAsync(factory);
        var shutdown = factory.ShutdownAsync();
        await Testing.Eventually.IsTrueAsync(() => !host.GivenBack.IsEmpty && Clock.HasTimerIn(TimeSpan.FromSeconds(10)), "the clean-up is under way, and its end awaited");
        Clock.Advance(TimeSpan.FromSeconds(9));
        shutdown.IsCompleted.ShouldBeFalse();
        Clock.Advance(TimeSpan.FromSeconds(1));

        (await shutdown).ShouldBeFalse();
        (await Should.ThrowAsync<EngineCreationException>(() => CreateAsync(factory))).Message.ShouldBe("The factory has been shut down.");
    }

    [Fact]
    public async Task Dispose_WithEngines_CleansAllUpOnce()
    {
        var factory = Factory();
        var engines = new[] { await CreateAsync(factory), await CreateAsync(factory, "bob") };
        await factory.DisposeAsync();
        await factory.DisposeAsync();
        await factory.CleanUpAsync(engines[0]);

        engines.ShouldAllBe(engine => !engine.IsActive);
        factory.Metrics.TotalEnginesCleaned.ShouldBe(2);
        Host.GivenBack.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Meter_OfTheFactory_HasTheDocumentedInstruments()
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => { if (instrument.Meter.Name == "Bulkhead.Engine") seen.Add(instrument.Name); } };
        listener.Start();
        await using var factory = Factory();

        seen.ShouldBe(
        [
            "active_engines_count", "breaker_rejections", "cleanup_errors", "creation_errors", "timeout_cleanups",
            "total_engines_cleaned", "total_engines_created", "user_limit_rejections",
        ]);
    }
}
