using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;
using Bulkhead.Lua;

namespace Bulkhead.EngineBenchmarks;

/// <summary>Runs documents through the public factory, and the same scripts straight on one VM: the baseline.</summary>
internal sealed class Rig : IExecutionEvents, IDisposable
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}");
    private readonly LuaWorkers _workers = new();

    public static Workflow Load(object document)
    {
        var loaded = WorkflowLoader.Load(JsonSerializer.Serialize(document));
        return loaded.Workflow ?? throw new InvalidOperationException(loaded.Problems[0].Message);
    }

    public static Workflow Chain(int nodes, string lua, object? state = null) => Load(ChainOf(nodes, lua, state));

    public static string ChainText(int nodes, string lua) => JsonSerializer.Serialize(ChainOf(nodes, lua, state: null));

    private static object ChainOf(int nodes, string lua, object? state) => new
    {
        name = "chain",
        initial_state = state ?? new { n = 0 },
        settings = new { max_iterations = nodes + 1 },
        nodes = Enumerable.Range(0, nodes).Select(i => new { name = $"n{i}", run = lua }),
    };

    public static Workflow Fork(int branches, string lua) => Load(new
    {
        name = "fork",
        initial_state = new { index = 1 },
        settings = new { max_iterations = branches + 2 },
        nodes = Enumerable.Range(0, branches).Select(i => new { name = $"b{i}", run = lua }).Append(new { name = "join", run = "return {parallel_results = null}" }),
        edges = new[] { new { from = "__start__", to = Enumerable.Range(0, branches).Select(i => $"b{i}"), fan_in = "join" } },
    });

    public async Task<ExecutionResult> RunAsync(Workflow workflow)
    {
        var host = new LocalHost(new WorkflowLimits(), DriverRegistry.BuiltIn, _ => Credentials.None, TimeProvider.System);
        await using var factory = new ExecutionEngineFactory(new SilentBridge(), host);
        var job = new Job
        {
            ExecutionUid = Guid.NewGuid(),
            Attempt = 1,
            TenantId = "bench",
            UserId = "bench",
            ThreadId = "t",
            RunId = "r",
            Workflow = Empty,
            Inputs = Empty,
        };
        await using var scope = await factory.OpenScopeAsync(UserExecutionContext.Create(ContextFields.Of(job), TimeProvider.System), CancellationToken.None);
        var result = await scope.Engine.RunAsync(workflow, job, this, CancellationToken.None);
        return result.Phase == ExecutionPhase.Succeeded ? result : throw new InvalidOperationException(result.Message);
    }

    /// <summary>The same number of scripts on one VM, one after the other, each given the state.</summary>
    public async Task RunStraightAsync(int scripts, string lua, JsonElement state)
    {
        using var vm = new LuaVm(_workers, new LuaVmOptions(), host: null);
        var script = new LuaScript("n", lua);
        for (var i = 0; i < scripts; i++) await vm.RunAsync(script, [new LuaGlobal("state", state)], deadline: null, CancellationToken.None);
    }

    /// <summary>One VM for each script.</summary>
    public async Task RunStraightInVmsAsync(int scripts, string lua, JsonElement state)
    {
        var script = new LuaScript("n", lua);
        await Task.WhenAll(Enumerable.Range(0, scripts).Select(async _ =>
        {
            using var vm = new LuaVm(_workers, new LuaVmOptions(), host: null);
            await vm.RunAsync(script, [new LuaGlobal("state", state)], deadline: null, CancellationToken.None);
        }));
    }

    /// <summary>Events are made and dropped.</summary>
    public void Emit(ExecutionEvent executionEvent)
    {
    }

    public void Dispose() => _workers.Dispose();
}
