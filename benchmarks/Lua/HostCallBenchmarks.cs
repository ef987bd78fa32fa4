using BenchmarkDotNet.Attributes;
using Bulkhead.Lua;

namespace Bulkhead.Benchmarks;

/// <summary>A host call that is answered at once, without its work. Target: at most 0.5 us.</summary>
public class HostCallBenchmarks : IDisposable
{
    private const int Calls = 10_000;
    private readonly Rig _rig = new();
    private LuaVm _vm = null!;

    [GlobalSetup]
    public void Setup() => _vm = _rig.NewVm();

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls, Description = "Lua function call (baseline)")]
    public Task<LuaOutcome> Plain() => Rig.RunToEndAsync(_vm, "local function f() return 1 end for i = 1, 10000 do f() end");

    [Benchmark(OperationsPerInvoke = Calls, Description = "host call")]
    public Task<LuaOutcome> Direct() => Rig.RunToEndAsync(_vm, "for i = 1, 10000 do uuid() end");

    [Benchmark(OperationsPerInvoke = Calls, Description = "host call with an argument")]
    public Task<LuaOutcome> WithArgument() => Rig.RunToEndAsync(_vm, "for i = 1, 10000 do cache.get('key') end");

    [Benchmark(OperationsPerInvoke = Calls, Description = "host call through two coroutines")]
    public Task<LuaOutcome> Nested() => Rig.RunToEndAsync(_vm, """
        local function calls() for i = 1, 10000 do uuid() end end
        coroutine.wrap(function() coroutine.wrap(calls)() end)()
        """);

    [Benchmark(OperationsPerInvoke = Calls, Description = "caught error")]
    public Task<LuaOutcome> CaughtError() => Rig.RunToEndAsync(_vm, "for i = 1, 10000 do pcall(error, 'x') end");

    [GlobalCleanup]
    public void Dispose()
    {
        _vm.Dispose();
        _rig.Dispose();
    }
}
