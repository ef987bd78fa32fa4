namespace Bulkhead.Lua.Tests;

public sealed class StopTests
{
    public static TheoryData<string, string> Loops => new()
    {
        { "busy loop", "while true do end" },
        { "loop in pcall", "while true do pcall(function() while true do end end) end" },
        { "loop in nested pcalls", "local function f(n) if n == 0 then while true do end end while true do pcall(f, n - 1) end end f(20)" },
        { "fresh nested coroutines that end early", """
            local function f() local co = coroutine.wrap(f) pcall(co) pcall(coroutine.resume, coroutine.create(f)) end
            while true do pcall(f) end
            """ },
        { "fresh coroutines by the thousand", "while true do coroutine.wrap(function() end)() end" },
        { "__close of a stopped coroutine", """
            local co = coroutine.create(function()
              local x <close> = setmetatable({}, {__close = function() while true do end end})
              while true do end
            end)
            coroutine.resume(co)
            coroutine.close(co)
            """ },
        { "__close of a stopped coroutine behind wrap", """
            local w = coroutine.wrap(function()
              local x <close> = setmetatable({}, {__close = function() while true do end end})
              while true do end
            end)
            while true do pcall(w) end
            """ },
        { "__close under pcall", """
            pcall(function()
              local x <close> = setmetatable({}, {__close = function() while true do end end})
              while true do end
            end)
            """ },
        { "xpcall handler that loops", "xpcall(function() while true do end end, function() while true do end end) while true do end" },
        { "sort comparator", "table.sort({1, 2, 3}, function() while true do end end)" },
        { "gsub callback", "string.gsub('abc', '.', function() while true do end end)" },
        { "__index", "local t = setmetatable({}, {__index = function() while true do end end}) return t.x" },
    };

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task RunAsync_ScriptLoopsForever_TimesOutWithoutAbandoning(string because, string source)
    {
        using var bench = new Bench(new LuaVmOptions { AbandonGrace = TimeSpan.FromSeconds(5) });
        var outcome = await bench.Run(source, Bench.After(50)).WaitAsync(TimeSpan.FromSeconds(20));
        outcome.Status.ShouldBe(LuaStatus.TimedOut, because);
        outcome.Abandoned.ShouldBeFalse(because);
        bench.Vm.IsUsable.ShouldBeFalse(because);
    }

    [Fact]
    public async Task RunAsync_Cancelled_EndsAsCancelled()
    {
        using var bench = new Bench();
        using var cancellation = new CancellationTokenSource();
        var run = bench.Run("while true do end", null, cancellation.Token);
        await cancellation.CancelAsync();
        (await run).Status.ShouldBe(LuaStatus.Cancelled);
        bench.Vm.IsUsable.ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_DeadlineDuringHostCall_CancelsTheCall()
    {
        var cancelled = new TaskCompletionSource();
        using var bench = new Bench(host: async (_, _, token) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cancelled.SetResult();
            }

            return null;
        });
        var outcome = await bench.Run("pcall(sleep, 10) return 1", Bench.After(50));
        outcome.Status.ShouldBe(LuaStatus.TimedOut);
        outcome.Abandoned.ShouldBeFalse();
        await cancelled.Task;
    }

    [Fact]
    public async Task RunAsync_HostIgnoresCancellation_IsAbandonedAfterGrace()
    {
        var never = new TaskCompletionSource<System.Text.Json.JsonElement?>();
        using var bench = new Bench(new LuaVmOptions { AbandonGrace = TimeSpan.FromMilliseconds(50) }, (_, _, _) => new(never.Task));
        var outcome = await bench.Run("sleep(10)", Bench.After(50));
        outcome.Status.ShouldBe(LuaStatus.TimedOut);
        outcome.Abandoned.ShouldBeTrue();
        never.SetResult(null);
    }

    [Fact]
    public async Task RunAsync_LoopInsideOneCFunction_IsAbandonedAndItsThreadReplaced()
    {
        using var workers = new LuaWorkers(1);
        using var bench = new Bench(workers: workers);
        var outcome = await bench.Run("return string.find(string.rep('a', 28), string.rep('a?', 28) .. string.rep('a', 28))", Bench.After(50));
        outcome.Status.ShouldBe(LuaStatus.TimedOut);
        outcome.Abandoned.ShouldBeTrue();
        bench.Vm.IsAbandoned.ShouldBeTrue();
        workers.Abandoned.ShouldBe(1);
        using var next = new Bench(workers: workers);
        (await next.Value("return 1")).ShouldBe("1");
    }
}
