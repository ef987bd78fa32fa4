using System.Text.Json;

namespace Bulkhead.Lua.Tests;

public sealed class HostCallTests
{
    public static TheoryData<string, string> Places => new()
    {
        { "plain", "return host.get('x')" },
        { "through pcall inside two nested coroutines", """
            local outer = coroutine.wrap(function()
              local inner = coroutine.wrap(function()
                local ok, v = pcall(function() return host.get('x') end)
                return v
              end)
              return inner()
            end)
            return outer()
            """ },
        { "from __index", "local t = setmetatable({}, {__index = function(_, k) return host.get(k) end}) return t.x" },
        { "from __close", """
            local v
            do local c <close> = setmetatable({}, {__close = function() v = host.get('x') end}) end
            return v
            """ },
        { "from __close after an uncaught error in a coroutine", """
            local v
            pcall(function()
              local c <close> = setmetatable({}, {__close = function() v = host.get('x') end})
              error('out')
            end)
            return v
            """ },
        { "from an iterator", "for v in function(_, last) if not last then return host.get('x') end end do return v end" },
        { "from a coroutine used as iterator", "for v in coroutine.wrap(function() coroutine.yield(host.get('x')) end) do return v end" },
        { "between the user's own yields", """
            local co = coroutine.create(function(a) local b = coroutine.yield(a + 1) host.get('y') return host.get(b) end)
            coroutine.resume(co, 1)
            local ok, v = coroutine.resume(co, 'x')
            return v
            """ },
        { "in an xpcall handler", "local _, v = xpcall(error, function() return host.get('x') end) return v" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task HostCall_FromAnywhereThatCanYield_Answers(string because, string source)
    {
        using var now = new Bench(host: Bench.Echo);
        (await now.Value(source)).ShouldBe("\"x\"", because);
        using var later = new Bench(host: Bench.EchoLater);
        (await later.Value(source)).ShouldBe("\"x\"", because);
    }

    [Theory]
    [InlineData("return pcall(table.sort, {3, 2, 1}, function(a, b) return host.get(a < b) end)")]
    [InlineData("return pcall(string.gsub, 'abc', '.', function(c) return host.get(c) end)")]
    [InlineData("return pcall(table.sort, {3, 2, 1}, function(a, b) return coroutine.wrap(function() return host.get(a < b) end)() end)")]
    public async Task HostCall_WhereNoYieldIsPossible_IsACleanError(string source)
    {
        using var bench = new Bench(host: Bench.Echo);
        (await bench.Value(source.Replace("return pcall", "local ok, e = pcall", StringComparison.Ordinal) + " return {ok, e}"))
            .ShouldBe("[false,\"host call not possible here\"]");
        (await bench.Value("return host.get('still works')")).ShouldBe("\"still works\"");
    }

    [Fact]
    public async Task HostCall_HostThrows_RaisesItsMessageAndReportsIt()
    {
        var fault = new LuaHostException("no such page");
        using var bench = new Bench(host: (_, _, _) => throw fault);
        (await bench.Value("local ok, e = pcall(host.get) return {ok, e}")).ShouldBe("[false,\"no such page\"]");
        var outcome = await bench.Run("host.get()");
        (outcome.Status, outcome.Error, outcome.HostError).ShouldBe((LuaStatus.Error, "no such page", fault));
    }

    [Fact]
    public async Task HostCall_HostThrowsSomethingElse_TheScriptLearnsNothing()
    {
        using var bench = new Bench(host: (_, _, _) => throw new InvalidOperationException("secret"));
        var outcome = await bench.Run("host.get()");
        outcome.Error.ShouldBe("internal error");
        outcome.HostError.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task HostCall_ErrorCaughtAndAnotherRaised_HostErrorIsNull()
    {
        using var bench = new Bench(host: (_, _, _) => throw new LuaHostException("a"));
        (await bench.Run("pcall(host.get) error('b', 0)")).HostError.ShouldBeNull();
    }

    [Fact]
    public async Task HostCall_Arguments_ArriveAsArrayUnderTheFullName()
    {
        var seen = new List<string>();
        using var bench = new Bench(host: (function, arguments, _) =>
        {
            seen.Add($"{function}{arguments.GetRawText()}");
            return new ValueTask<JsonElement?>((JsonElement?)null);
        });
        (await bench.Value("sleep(0.5) host.put('k', nil, {a = {1, 2}}, array()) return host.get() == nil")).ShouldBe("true");
        seen.ShouldBe(["sleep[0.5]", "host.put[\"k\",null,{\"a\":[1,2]},[]]", "host.get[]"]);
    }

    [Fact]
    public async Task HostCall_ArgumentIsNoJson_IsAnErrorThatNamesIt()
    {
        using var bench = new Bench(host: Bench.Echo);
        (await bench.Error("host.put('k', {a = {print}})")).ShouldBe("host.put: argument [2].a[1]: a function cannot be JSON");
    }

    [Fact]
    public async Task HostCall_RefusedManyTimes_UsesNoStack()
    {
        using var bench = new Bench(host: Bench.Echo);
        (await bench.Value("local n = 0 for i = 1, 100000 do if not pcall(host.put, print) then n = n + 1 end end return n")).ShouldBe("100000");
    }

    [Fact]
    public async Task HostCall_AnsweredAtOnceManyTimes_UsesNoStack()
    {
        using var bench = new Bench(host: Bench.Echo);
        (await bench.Value("local n = 0 for i = 1, 1000000 do n = n + host.get(1) end return n")).ShouldBe("1000000");
    }

    [Fact]
    public async Task HostCall_UnknownMember_IsNil()
    {
        using var bench = new Bench(host: Bench.Echo);
        (await bench.Value("return {host.nothing == nil, host['get put'] == nil, host[1] == nil}")).ShouldBe("[true,true,true]");
    }

    [Theory]
    [InlineData("coroutine.yield(1)")]
    [InlineData("coroutine.yield(print, 'host.get', 1)")]
    public async Task RunAsync_ScriptYieldsAtTopLevel_IsAnError(string source)
    {
        using var bench = new Bench(host: Bench.Echo);
        (await bench.Error(source)).ShouldBe("attempt to yield from outside a coroutine");
    }

    [Fact]
    public async Task RunAsync_ManyWaitingScripts_HoldNoThread()
    {
        using var workers = new LuaWorkers(1);
        var gate = new TaskCompletionSource();
        var waiting = 0;
        var benches = Enumerable.Range(0, 50).Select(_ => new Bench(workers: workers, host: async (_, _, _) =>
        {
            Interlocked.Increment(ref waiting);
            await gate.Task;
            return null;
        })).ToList();
        var runs = benches.ConvertAll(bench => bench.Run("sleep(1) return 1"));
        SpinWait.SpinUntil(() => Volatile.Read(ref waiting) == 50, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        gate.SetResult();
        (await Task.WhenAll(runs)).ShouldAllBe(outcome => outcome.Status == LuaStatus.Ok);
        benches.ForEach(bench => bench.Dispose());
    }
}
