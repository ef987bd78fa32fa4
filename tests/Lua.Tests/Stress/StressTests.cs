using System.Text.Json;

namespace Bulkhead.Lua.Tests.Stress;

/// <summary>No crash, no hang and no leak under load, with garbage collections in parallel. Sizes: <see cref="Scale"/>.</summary>
[Collection("One after the other")]
public sealed class StressTests
{
    /// <summary>A loaded machine may be slow to stop a script; these tests are about never failing to.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task CaughtErrors_OneMillionInOneVm_NothingHappens()
    {
        using var storm = new CollectorStorm();
        using var bench = new Bench(host: (_, _, _) => throw new LuaHostException("refused"));
        var rounds = Scale.Of(1_000_000, 10_000_000);
        var caught = await bench.Value($$"""
            local caught = 0
            local kinds = {
              function() error("text") end, function() error({}) end, function() local x = nil; return x.y end,
              function() return 1 + {} end, function() return string.rep() end, function() coroutine.wrap(error)("inside") end,
              function() return setmetatable({}, {__index = error}).x end, function() tostring() end,
            }
            for i = 1, {{rounds}} do if not pcall(kinds[i % #kinds + 1]) then caught = caught + 1 end end
            for i = 1, 1000 do if not pcall(host.get) then caught = caught + 1 end end
            return caught
            """);
        caught.ShouldBe($"{rounds + 1000}");
    }

    [Fact]
    public async Task TimeOuts_HundredsOfThousands_EachEndsItsVm()
    {
        using var storm = new CollectorStorm();
        using var workers = new LuaWorkers(4);
        var each = Scale.Of(2_000, 25_000);
        string[] sources =
        [
            "while true do end",
            "while true do pcall(function() while true do end end) end",
            "local function f() pcall(coroutine.wrap(f)) end while true do f() end",
            "coroutine.wrap(function() local c <close> = setmetatable({}, {__close = function() while true do end end}) while true do end end)()",
        ];
        await Task.WhenAll(sources.Select(async source =>
        {
            for (var i = 0; i < each; i++)
            {
                using var bench = new Bench(new LuaVmOptions { AbandonGrace = Patience }, workers: workers);
                var outcome = await bench.Run(source, new LuaDeadline(TimeSpan.FromMicroseconds(20 + i % 100)));
                outcome.Status.ShouldBe(LuaStatus.TimedOut, source);
                outcome.Abandoned.ShouldBeFalse(source);
            }
        }));
    }

    [Fact]
    public async Task Vms_TenThousandOnEightThreads_AllMemoryComesBack()
    {
        using var storm = new CollectorStorm();
        using var workers = new LuaWorkers(8);
        var budget = new LuaMemoryBudget(1L << 30);
        var each = Scale.Of(10_000, 200_000) / 8;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                using var bench = new Bench(new LuaVmOptions { Budget = budget }, Bench.Echo, workers);
                (await bench.Value("mine = (mine or 0) + 1 return {mine, host.get(\"x\")}")).ShouldBe("[1,\"x\"]");
            }
        })));
        budget.Used.ShouldBe(0);
        workers.Abandoned.ShouldBe(0);
    }

    [Fact]
    public async Task MemoryHits_Thousands_EachWithinItsLimit()
    {
        using var storm = new CollectorStorm();
        using var workers = new LuaWorkers(4);
        const long limit = 512 * 1024;
        var each = Scale.Of(500, 15_000);
        string[] sources =
        [
            "local s = 'x' while true do s = s .. s end",
            "local t = {} while true do t[#t + 1] = {} end",
            "local t = {} while true do pcall(function() while true do t[#t + 1] = 'k' .. #t end end) end",
            "coroutine.wrap(function() local t = {} while true do t[#t + 1] = coroutine.create(print) end end)()",
        ];
        await Task.WhenAll(sources.Select(async source =>
        {
            for (var i = 0; i < each; i++)
            {
                using var bench = new Bench(new LuaVmOptions { MemoryLimit = limit }, workers: workers);
                (await bench.Run(source)).Status.ShouldBe(LuaStatus.OutOfMemory, source);
                bench.Vm.PeakBytes.ShouldBeLessThanOrEqualTo(limit + 64 * 1024);
            }
        }));
    }

    [Fact]
    public async Task HostCalls_ResumesHopBetweenThreads_AnswersStayInOrder()
    {
        using var storm = new CollectorStorm();
        using var workers = new LuaWorkers(4);
        var calls = Scale.Of(5_000, 100_000);
        var threads = new System.Collections.Concurrent.ConcurrentDictionary<int, bool>();
        Bench.HostCall hop = async (_, arguments, _) =>
        {
            threads[Environment.CurrentManagedThreadId] = true;
            await Task.Yield();
            return arguments[0].Clone();
        };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var bench = new Bench(workers: workers, host: hop);
            (await bench.Value($$"""
                local inner = coroutine.wrap(function() for i = 1, {{calls}} do coroutine.yield(select(2, pcall(host.get, i))) end end)
                local sum = 0
                for i = 1, {{calls}} do local v = inner() if v ~= i then return {i, v} end sum = sum + v end
                return sum
                """)).ShouldBe($"{(long)calls * (calls + 1) / 2}");
        }));
        threads.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Cancellation_AtAnyMoment_EndsTheRun()
    {
        using var storm = new CollectorStorm();
        using var workers = new LuaWorkers(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async lane =>
        {
            for (var i = 0; i < Scale.Of(500, 20_000); i++)
            {
                using var bench = new Bench(new LuaVmOptions { AbandonGrace = Patience }, workers: workers, host: async (_, _, token) =>
                {
                    await Task.Delay(lane, token);
                    return default(JsonElement?);
                });
                using var cancellation = new CancellationTokenSource(TimeSpan.FromMicroseconds(i % 3000));
                var outcome = await bench.Run("while true do sleep(1) for i = 1, 1000 do end end", null, cancellation.Token)
                    .WaitAsync(TimeSpan.FromSeconds(30));
                (outcome.Status, outcome.Abandoned).ShouldBe((LuaStatus.Cancelled, false));
            }
        }));
    }
}
