using System.Diagnostics;
using System.Text.Json;

namespace Bulkhead.Lua.Tests;

public sealed class ApiTests
{
    [Fact]
    public async Task Prelude_DefinesObjects_ThatCallTheHost()
    {
        var api = new LuaApi
        {
            Preludes =
            [
                new LuaPrelude("connections", """
                    local call = ...
                    local methods = {}
                    methods.__index = methods
                    function methods:query(text, parameters) return call("connections.query", self.name, text, parameters) end
                    connections = {get = function(name) return setmetatable({name = name}, methods) end}
                    """),
            ],
        };
        var seen = "";
        using var bench = new Bench(new LuaVmOptions { Api = api }, (function, arguments, _) =>
        {
            seen = function + arguments.GetRawText();
            return new ValueTask<JsonElement?>(Bench.Json("""[{"id":1}]"""));
        });
        (await bench.Value("return connections.get('db'):query('select 1', {7})[1].id")).ShouldBe("1");
        seen.ShouldBe("connections.query[\"db\",\"select 1\",[7]]");
    }

    [Fact]
    public void Prelude_NoValidLua_Throws() =>
        Should.Throw<ArgumentException>(() => new Bench(new LuaVmOptions { Api = new() { Preludes = [new("p", "x = = 1")] } }))
            .Message.ShouldContain("Prelude p: p:1:");

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("")]
    [InlineData("1x")]
    [InlineData("a b")]
    [InlineData("a.\"")]
    public void Functions_NoName_Throws(string name) =>
        Should.Throw<ArgumentException>(() => new Bench(new LuaVmOptions { Api = new() { Functions = [name] } }));

    [Fact]
    public void Options_Defaults_ArePinned()
    {
        var options = new LuaVmOptions();
        options.MemoryLimit.ShouldBe(64L * 1024 * 1024);
        options.AbandonGrace.ShouldBe(TimeSpan.FromMilliseconds(250));
        (options.Budget, options.Print).ShouldBe((null, null));
        (options.PrintLines, options.PrintBytes).ShouldBe((1000, 256 * 1024));
        options.Api.Functions.ShouldBeEmpty();
    }

    [Fact]
    public void Deadline_LongestOfADocument_IsNotCutShort() =>
        new LuaDeadline(TimeSpan.FromDays(30)).Start().TotalDays.ShouldBe(30, 0.01, "what arms a timer with it takes its end for the branch's");

    [Fact]
    public async Task RunAsync_SecondRunAtOnce_IsRefused()
    {
        using var bench = new Bench(host: (_, _, token) => new(Task.Delay(-1, token).ContinueWith(_ => (JsonElement?)null, TaskScheduler.Default)));
        var first = bench.Run("sleep(1)");
        await Should.ThrowAsync<InvalidOperationException>(() => bench.Run("return 1"));
        bench.Vm.Dispose();
        (await first).Status.ShouldBe(LuaStatus.Cancelled);
        await Should.ThrowAsync<ObjectDisposedException>(() => bench.Run("return 1"));
    }

    [Fact]
    public async Task RunAsync_TokenAlreadyCancelled_TouchesNothing()
    {
        using var bench = new Bench();
        (await bench.Run("x = 1", null, new CancellationToken(true))).Status.ShouldBe(LuaStatus.Cancelled);
        (await bench.Value("return x == nil")).ShouldBe("true");
    }

    [Fact]
    public async Task Dispose_WhileRunning_StopsTheScriptAndClosesTheVm()
    {
        using var bench = new Bench();
        var run = bench.Run("while true do end");
        bench.Vm.Dispose();
        (await run).Status.ShouldBe(LuaStatus.Cancelled);
        (bench.Vm.UsedBytes, bench.Vm.IsUsable).ShouldBe((0, false));
    }

    [Fact]
    public async Task Deadline_SharedByRunsOfOneBranch_CountsThemTogether()
    {
        using var bench = new Bench();
        var deadline = Bench.After(100);
        (await bench.Run("return 1", deadline)).Status.ShouldBe(LuaStatus.Ok);
        deadline.HasPassed.ShouldBeFalse();
        (await bench.Run("while true do end", deadline)).Status.ShouldBe(LuaStatus.TimedOut);
        deadline.HasPassed.ShouldBeTrue();
    }

    [Fact]
    public async Task Deadline_Outer_StopsToo()
    {
        using var bench = new Bench();
        var deadline = new LuaDeadline(TimeSpan.FromMinutes(5), Bench.After(50));
        (await bench.Run("while true do end", deadline)).Status.ShouldBe(LuaStatus.TimedOut);
    }

    [Fact]
    public async Task Deadline_WaitingForAWorkerThread_DoesNotCount()
    {
        using var workers = new LuaWorkers(1);
        using var busy = new Bench(workers: workers);
        using var patient = new Bench(workers: workers);
        var deadline = Bench.After(100);
        (await patient.Run("return 1", deadline)).Status.ShouldBe(LuaStatus.Ok);
        var blocking = busy.Run("while true do end", Bench.After(300));
        var waiting = patient.Run("return 2", deadline);
        (await blocking).Status.ShouldBe(LuaStatus.TimedOut);
        (await waiting).Status.ShouldBe(LuaStatus.Ok);
    }

    [Fact]
    public async Task Dispose_NothingRuns_TheWatchEndsAtOnce()
    {
        var workers = new LuaWorkers(1);
        using var bench = new Bench(workers: workers);
        await bench.Run("return 1");
        workers.IsWatching.ShouldBeTrue();

        workers.Dispose();

        var clock = Stopwatch.StartNew();
        while (workers.IsWatching && clock.Elapsed < TimeSpan.FromSeconds(2)) await Task.Delay(5);
        workers.IsWatching.ShouldBeFalse("many short executions would leave a crowd of them, each awake 40 times a second");
    }
}
