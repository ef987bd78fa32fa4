using System.Diagnostics;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;

namespace Bulkhead.Load;

/// <summary>The documents that users run, and one run of one.</summary>
internal static class Workloads
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    /// <summary>Two branches side by side with a VM each, then a join: a few milliseconds.</summary>
    public static Workflow Light { get; } = Load("""
        name: light
        nodes:
          - {name: a, run: "local n = 0 for i = 1, 20000 do n = n + i end return {a = n}"}
          - {name: b, run: "return {b = string.rep('b', 1000)}"}
          - {name: join, run: "return {count = #state.parallel_results}"}
        edges:
          - {from: __start__, parallel: [a, b], fan_in: join}
          - {from: join, to: __end__}
        """);

    /// <summary>Two branches that compute without a pause: about a second each when they have a processor.</summary>
    public static Workflow Heavy { get; } = Load("""
        name: heavy
        nodes:
          - {name: a, run: "local n = 0 for i = 1, 100000000 do n = n + i % 7 end return {a = n}"}
          - {name: b, run: "local n = 0 for i = 1, 100000000 do n = n + i % 7 end return {b = n}"}
          - {name: join, run: "return {done = true}"}
        edges:
          - {from: __start__, parallel: [a, b], fan_in: join}
          - {from: join, to: __end__}
        """);

    /// <summary>Holds 3 MB in its VM while it waits.</summary>
    public static Workflow Holding { get; } = Load("""
        name: holding
        nodes:
          - name: hold
            run: |
              kept = {}
              for i = 1, 4000 do kept[i] = string.rep(string.format("%04d", i), 190) end
              sleep(1.5)
              return {size = #kept}
        """);

    public static ExecutionEngineFactory NewFactory() => new(
        new SilentBridge(), new LocalHost(new WorkflowLimits(), new DriverRegistry([]), _ => Credentials.None, TimeProvider.System));

    public static async Task WarmUpAsync()
    {
        await using var factory = NewFactory();
        for (var i = 0; i < 200; i++) await RunAsync(factory, "warm-up", Light);
    }

    /// <summary>Creates an engine, runs, cleans up; the whole time.</summary>
    public static async Task<TimeSpan> RunAsync(ExecutionEngineFactory factory, string user, Workflow workflow)
    {
        var started = Stopwatch.GetTimestamp();
        await using var engine = await factory.CreateForUserAsync(Fields(user), CancellationToken.None);
        await RunAsync(engine, workflow);
        await factory.CleanUpAsync(engine);
        return Stopwatch.GetElapsedTime(started);
    }

    public static async Task RunAsync(UserExecutionEngine engine, Workflow workflow)
    {
        var result = await engine.RunAsync(workflow, engine.Context.JobFor(Empty, Empty), new NoEvents(), CancellationToken.None);
        if (result.Phase != ExecutionPhase.Succeeded) throw new InvalidOperationException($"{workflow.Name}: {result.Message}");
    }

    public static ContextFields Fields(string user) =>
        new() { UserId = user, ThreadId = Guid.NewGuid().ToString(), RunId = Guid.NewGuid().ToString() };

    private static Workflow Load(string yaml)
    {
        var loaded = WorkflowLoader.Load(yaml);
        return loaded.Workflow ?? throw new InvalidOperationException(string.Join(' ', loaded.Problems.Select(problem => problem.Message)));
    }
}
