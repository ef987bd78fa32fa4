namespace Bulkhead.Lua.Tests;

public sealed class IsolationTests
{
    [Fact]
    public async Task TwoVms_ShareNothing()
    {
        using var workers = new LuaWorkers();
        using var first = new Bench(workers: workers);
        using var second = new Bench(workers: workers);
        await first.Value("leaked = 'A' function helper() return 1 end string.upper = nil getmetatable(array()).__index = {x = 1}");
        (await second.Value("return {leaked == nil, helper == nil, string.upper ~= nil, array().x == nil}")).ShouldBe("[true,true,true,true]");
    }

    [Fact]
    public async Task OneVm_GlobalsOfTheScriptStayAndGlobalsOfTheRunAreFresh()
    {
        using var bench = new Bench();
        var state = new LuaGlobal("state", new Dictionary<string, System.Text.Json.JsonElement> { ["n"] = Bench.Json("1") });
        (await bench.Value("mine = 7 state.n = 99 state.extra = 1 return state.n", state)).ShouldBe("99");
        (await bench.Value("return {mine, state.n, state.extra == nil}", state)).ShouldBe("[7,1,true]");
    }

    [Fact]
    public async Task Globals_MetatableOnG_IsNotAsked()
    {
        using var bench = new Bench();
        await bench.Value("setmetatable(_G, {__newindex = function() error('asked') end})");
        (await bench.Value("return state", new LuaGlobal("state", Bench.Json("[1]")))).ShouldBe("[1]");
    }

    [Fact]
    public async Task RunAsync_ErrorThenAnotherScript_VmStaysUsable()
    {
        using var bench = new Bench();
        (await bench.Error("error('first', 0)")).ShouldBe("first");
        bench.Vm.IsUsable.ShouldBeTrue();
        (await bench.Value("return 2")).ShouldBe("2");
    }
}
