using System.Diagnostics;
using Bulkhead.Engine.Scripting;
using Bulkhead.Lua;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>The unit rows of both tables: one Lua VM, or two, without an engine around them.</summary>
public sealed class VmRows : IDisposable
{
    /// <summary>Milliseconds.</summary>
    private const double Quick = 10;

    /// <summary>Every host function made beforehand, and as many again as a program of that size would have.</summary>
    private static readonly LuaApi Filled = Eager("filled = {} for i = 1, 2000 do filled[i] = function(...) return i, ... end end");

    private readonly LuaWorkers _workers = new(2);
    private readonly List<LuaVm> _vms = [];

    [Fact(DisplayName = "PY-002-UNIT-001 two VMs share no state"), Trait("Seed", "PY-002-UNIT-001")]
    public Task Globals_OfOneVm_AreNilInAnother() => Row.HoldsForTwoAsync(NewVm(), NewVm(), async (one, other) =>
    {
        (await Run(one, "test_global = 'from_runtime1'")).Status.ShouldBe(LuaStatus.Ok);
        (await Run(other, "return test_global")).Value.ShouldBeNull();
    });

    [Fact(DisplayName = "PY-002-UNIT-002 a global does not leak into a VM that is made later"), Trait("Seed", "PY-002-UNIT-002")]
    public async Task Globals_OfOneVm_AreNilInALaterOne()
    {
        var first = NewVm();
        (await Run(first, "leaked_global = 123")).Status.ShouldBe(LuaStatus.Ok);
        await Row.HoldsForTwoAsync(first, NewVm(), async (_, later) => (await Run(later, "return leaked_global")).Value.ShouldBeNull());
    }

    [Fact(DisplayName = "PY-002-UNIT-003 a function does not leak"), Trait("Seed", "PY-002-UNIT-003")]
    public Task Functions_OfOneVm_AreUndefinedInAnother() => Row.HoldsForTwoAsync(NewVm(), NewVm(), async (one, other) =>
    {
        (await Run(one, "function helper() return 42 end")).Status.ShouldBe(LuaStatus.Ok);
        (await Run(other, "return helper()")).Error.ShouldNotBeNull().ShouldContain("helper");
    });

    [Fact(DisplayName = "PY-002-UNIT-004 each run is given its own state"), Trait("Seed", "PY-002-UNIT-004")]
    public async Task State_OfEachRun_IsItsOwn()
    {
        await CheckStateAsync(Run);
        var given = false;
        await Row.NoticesAsync("that state is set when the VM is made, and not for each run", () => CheckStateAsync((vm, source, globals) =>
        {
            var (first, none) = (!given, Array.Empty<LuaGlobal>());
            given = true;
            return Run(vm, source, first ? globals : none);
        }));
    }

    [Fact(DisplayName = "PY-002-UNIT-006 making a VM takes less than 10 ms"), Trait("Seed", "PY-002-UNIT-006")]
    public async Task Creation_OnAverage_IsQuick()
    {
        Creation(ScriptApi.Instance).ShouldBeLessThan(Quick);
        await Row.NoticesAsync("a VM that works before its first script", () =>
        {
            Creation(Eager("for i = 1, 600000 do local f = function() return i end end")).ShouldBeLessThan(Quick);
            return Task.CompletedTask;
        });
    }

    [Fact(DisplayName = "RUST-030-UNIT-002 VMs are independent in both directions"), Trait("Seed", "RUST-030-UNIT-002")]
    public Task Vms_UsedInTurn_KeepTheirOwnGlobals() => Row.HoldsForTwoAsync(NewVm(), NewVm(), async (one, other) =>
    {
        await Run(one, "value = 'one'");
        await Run(other, "value = 'other'");
        (await Run(one, "return value")).Value.ShouldNotBeNull().GetString().ShouldBe("one");
        (await Run(other, "return value")).Value.ShouldNotBeNull().GetString().ShouldBe("other");
    });

    [Fact(DisplayName = "RUST-030-UNIT-005 each VM has functions and library tables of its own"), Trait("Seed", "RUST-030-UNIT-005")]
    public Task Libraries_ChangedInOneVm_AreWholeInAnother() => Row.HoldsForTwoAsync(NewVm(), NewVm(), async (one, other) =>
    {
        (await Run(one, "function table.helper() return 1 end function helper() return 2 end math.pi = 3")).Status.ShouldBe(LuaStatus.Ok);
        (await Run(other, "return {table.helper == nil, helper == nil, math.pi > 3}")).Value!.Value.GetRawText().ShouldBe("[true,true,true]");
    });

    [Fact(DisplayName = "RUST-030-UNIT-006 the footprint of one VM with the whole host API"), Trait("Seed", "RUST-030-UNIT-006")]
    public void Footprint_OfOneVm_IsBounded()
    {
        static void Check(LuaVm vm) => vm.UsedBytes.ShouldBeInRange(4 * 1024, 48 * 1024);
        Check(NewVm());
        Should.Throw<ShouldAssertException>(() => Check(NewVm(Filled)), "the row does not notice a VM whose functions are all made beforehand");
    }

    [Fact(DisplayName = "RUST-030-UNIT-007 ten VMs hold less than 500 KB"), Trait("Seed", "RUST-030-UNIT-007")]
    public void Footprint_OfTenVms_IsBounded()
    {
        void Check(LuaApi api) => Enumerable.Range(0, 10).Sum(_ => NewVm(api).UsedBytes).ShouldBeLessThan(500 * 1024);
        Check(ScriptApi.Instance);
        Should.Throw<ShouldAssertException>(() => Check(Filled), "the row does not notice VMs whose functions are all made beforehand");
    }

    public void Dispose()
    {
        _vms.ForEach(vm => vm.Dispose());
        _workers.Dispose();
    }

    private static LuaGlobal State(string value) => new("state", System.Text.Json.JsonElement.Parse($$"""{"value": {{value}}}"""));

    private static Task<LuaOutcome> Run(LuaVm vm, string source, params LuaGlobal[] globals) =>
        vm.RunAsync(new LuaScript("row", source), globals, deadline: null, CancellationToken.None);

    private static async Task CheckStateAsync(Func<LuaVm, string, LuaGlobal[], Task<LuaOutcome>> run)
    {
        using var workers = new LuaWorkers(1);
        using var vm = new LuaVm(workers, new LuaVmOptions { Api = ScriptApi.Instance }, host: null);
        (await run(vm, "state.extra = 1 return state.value", [State("10")])).Value.ShouldNotBeNull().GetInt32().ShouldBe(10);
        (await run(vm, "return state.value", [State("20")])).Value.ShouldNotBeNull().GetInt32().ShouldBe(20);
        (await run(vm, "return state.extra", [State("20")])).Value.ShouldBeNull();
    }

    /// <summary>Milliseconds a VM: the least average of three times ten.</summary>
    private double Creation(LuaApi api) => Enumerable.Range(0, 3).Min(_ =>
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 10; i++) NewVm(api);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / 10;
    });

    /// <summary>The whole host API, and work that every VM does when it is made.</summary>
    private static LuaApi Eager(string lua) =>
        new() { Functions = ScriptApi.Instance.Functions, Preludes = [.. ScriptApi.Instance.Preludes, new LuaPrelude("eager", lua)] };

    private LuaVm NewVm(LuaApi? api = null)
    {
        var vm = new LuaVm(_workers, new LuaVmOptions { Api = api ?? ScriptApi.Instance }, host: null);
        _vms.Add(vm);
        return vm;
    }
}
