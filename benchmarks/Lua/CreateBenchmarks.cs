using BenchmarkDotNet.Attributes;
using Bulkhead.Benchmarks.Baselines;
using Bulkhead.Lua;
using Bulkhead.Lua.Execution;
using Bulkhead.Lua.Native;

namespace Bulkhead.Benchmarks;

/// <summary>Creating and closing a VM. Targets: bare at most 1.3 times raw C; with sandbox and host API at most 50 us.</summary>
public unsafe class CreateBenchmarks
{
    private readonly LuaVmOptions _withApi = new() { Api = Rig.Api };
    private readonly LuaVmOptions _bare = new();

    [Benchmark(Baseline = true, Description = "raw C, six libraries")]
    public int RawC() => RawLua.Create();

    [Benchmark(Description = "Bulkhead, six libraries only (counting allocator)")]
    public void Bare()
    {
        var state = LuaState.CreateBare(_bare);
        state.Close();
    }

    [Benchmark(Description = "Bulkhead, sandboxed, with host API")]
    public void Ready()
    {
        var state = LuaState.Create(_withApi);
        state.Close();
    }

    [Benchmark(Description = "KeraLua, openLibs")]
    public void KeraLua()
    {
        using var state = new global::KeraLua.Lua(openLibs: true);
    }

    [Benchmark(Description = "NLua, new Lua()")]
    public void NLua()
    {
        using var state = new global::NLua.Lua();
    }
}
