namespace Bulkhead.Lua.Tests;

public sealed class MemoryTests
{
    private const long Limit = 4 * 1024 * 1024;

    public static TheoryData<string, string> Hogs => new()
    {
        { "doubling strings", "local s = 'x' while true do s = s .. s end" },
        { "string.rep", "return string.rep('x', 1 << 24)" },
        { "tables", "local t = {} while true do t[#t + 1] = {} end" },
        { "closures", "local t = {} while true do t[#t + 1] = function() return t end end" },
        { "caught again and again", "local t = {} while true do pcall(function() while true do t[#t + 1] = {} end end) end" },
        { "in a coroutine", "coroutine.wrap(function() local t = {} while true do t[#t + 1] = {} end end)()" },
        { "deep recursion", "local function f(...) return 1 + f(1, ...) end f()" },
    };

    [Theory]
    [MemberData(nameof(Hogs))]
    public async Task RunAsync_ScriptNeedsTooMuch_EndsWithinTheLimit(string because, string source)
    {
        using var bench = new Bench(new LuaVmOptions { MemoryLimit = Limit });
        var outcome = await bench.Run(source, new LuaDeadline(TimeSpan.FromSeconds(20)));
        outcome.Status.ShouldBe(LuaStatus.OutOfMemory, because + ": " + outcome.Error);
        bench.Vm.PeakBytes.ShouldBeLessThanOrEqualTo(Limit + 64 * 1024, because);
        bench.Vm.IsUsable.ShouldBeFalse();
        bench.Vm.UsedBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Budget_ManyVms_StayWithinItTogether()
    {
        var budget = new LuaMemoryBudget(Limit);
        using var workers = new LuaWorkers();
        var benches = Enumerable.Range(0, 8).Select(_ => new Bench(new LuaVmOptions { Budget = budget }, workers: workers)).ToList();
        var outcomes = await Task.WhenAll(benches.Select(bench => bench.Run("local t = {} while true do t[#t + 1] = {} end")));
        outcomes.ShouldAllBe(outcome => outcome.Status == LuaStatus.OutOfMemory);
        budget.Peak.ShouldBeLessThanOrEqualTo(Limit + 64 * 1024);
        benches.ForEach(bench => bench.Dispose());
        budget.Used.ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_GarbageOnly_NeverHitsTheLimit()
    {
        using var bench = new Bench(new LuaVmOptions { MemoryLimit = Limit });
        (await bench.Value("for i = 1, 200 do local s = string.rep('x', 1000000) end return 1")).ShouldBe("1");
    }
}
