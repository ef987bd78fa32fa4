using Bulkhead.Api.Contract;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;
using static Bulkhead.Engine.Tests.Contexts.ContextBuilder;

namespace Bulkhead.Engine.Tests.Factory;

public class UserExecutionEngineTests : FactoryTestBase
{
    [Fact]
    public async Task Run_Once_EndsTheContextAndTellsTheUser()
    {
        await using var factory = Factory();
        UserExecutionEngine engine;
        await using (var scope = await factory.OpenScopeAsync(Context(), CancellationToken.None))
        {
            engine = scope.Engine;
            (await RunAsync(engine)).Phase.ShouldBe(ExecutionPhase.Succeeded);
            engine.Context.HasEnded.ShouldBeTrue();
            await Should.ThrowAsync<ExecutionEndedException>(() => RunAsync(engine), "an execution runs once");
        }

        Bridge.Received.Select(e => (e.Type, e.Status)).ShouldBe([(UserEventKind.AgentCompleted, "succeeded")]);
        (engine.IsActive, factory.Metrics.ActiveEnginesCount, factory.Metrics.CleanupErrors).ShouldBe((false, 0, 0));
        Host.GivenBack.ShouldBe([engine.Context.ExecutionId]);
    }

    [Fact]
    public async Task Run_HostThrows_UserSeesFailedAndTheExceptionPasses()
    {
        var host = new ScriptedHost { OnRun = (_, _) => throw new IOException("the worker is gone") };
        await using var factory = new ExecutionEngineFactory(Bridge, host, clock: Clock);
        var engine = await CreateAsync(factory);
        await Should.ThrowAsync<IOException>(() => RunAsync(engine));
        await factory.CleanUpAsync(engine);

        var last = Bridge.Received.ShouldHaveSingleItem();
        (last.Type, last.Status, last.UserId).ShouldBe((UserEventKind.AgentCompleted, "failed", "alice"));
        engine.Context.HasEnded.ShouldBeTrue();
    }

    [Fact]
    public async Task Run_JobOfSomebodyElse_Refused()
    {
        await using var factory = Factory();
        var engine = await CreateAsync(factory);
        var mine = JobOf(engine.Context);
        foreach (var foreign in new[]
        {
            mine with { ExecutionUid = Guid.NewGuid() }, mine with { TenantId = "globex" }, mine with { UserId = "bob" },
            mine with { ThreadId = "t" }, mine with { RunId = "r" }, mine with { Attempt = 2 },
        })
        {
            await Should.ThrowAsync<ContextIsolationException>(() => engine.RunAsync(AnyWorkflow, foreign, new RecordedEvents(), CancellationToken.None));
        }

        (await RunAsync(engine)).ExecutionId.ShouldBe(mine.ExecutionId, "a refused job does not use the engine up");
    }

    [Fact]
    public async Task CleanUp_WhileRunning_CancelsTheRunAndWaitsForIt()
    {
        var host = new ScriptedHost { OnRun = RunUntilCancelledAsync };
        await using var factory = new ExecutionEngineFactory(Bridge, host, clock: Clock);
        var engine = await CreateAsync(factory);
        var run = RunAsync(engine);
        engine.IsRunning.ShouldBeTrue();
        Clock.Advance(TimeSpan.FromSeconds(600));
        engine.IsActive.ShouldBeTrue("a running engine is left to its job's own time limit");
        await factory.CleanUpAsync(engine);

        (await run).Phase.ShouldBe(ExecutionPhase.Cancelled);
        (factory.Metrics.CleanupErrors, factory.Metrics.TimeoutCleanups, factory.Metrics.TotalEnginesCleaned).ShouldBe((0, 0, 1));
    }

    [Fact]
    public async Task CleanUp_RunThatIgnoresIt_IsGivenUpAndCounted()
    {
        var stuck = new TaskCompletionSource<ExecutionResult>();
        var host = new ScriptedHost { OnRun = (_, _) => stuck.Task };
        await using var factory = new ExecutionEngineFactory(Bridge, host, clock: Clock);
        var engine = await CreateAsync(factory);
        var run = RunAsync(engine);
        var cleanup = factory.CleanUpAsync(engine);
        Clock.Advance(TimeSpan.FromSeconds(5));
        await cleanup;

        (factory.Metrics.CleanupErrors, factory.Metrics.ActiveEnginesCount).ShouldBe((1, 0));
        stuck.SetResult(new ExecutionResult { Phase = ExecutionPhase.Failed });
        await run;
    }

    [Fact]
    public async Task Run_CleanupOfTheContextFailsOrHangs_IsLoggedAndTheRunReturns()
    {
        await using var factory = Factory();
        var engine = await CreateAsync(factory);
        engine.Context.OnEnd("cache", _ => throw new IOException("no cache"));
        engine.Context.OnEnd("hanging", _ => new TaskCompletionSource().Task);
        var events = new RecordedEvents();
        var run = RunAsync(engine, events);
        Clock.Advance(TimeSpan.FromSeconds(5));
        (await run).Phase.ShouldBe(ExecutionPhase.Succeeded);

        events.All.Select(e => e.Fields!["message"].GetString()).ShouldBe(
            ["clean-up hanging failed: A task was canceled.", "clean-up cache failed: no cache"]);
    }

    private static async Task<ExecutionResult> RunUntilCancelledAsync(Job job, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new ExecutionResult { Phase = ExecutionPhase.Cancelled };
    }
}
