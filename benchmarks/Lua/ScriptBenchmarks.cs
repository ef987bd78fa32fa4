using BenchmarkDotNet.Attributes;
using Bulkhead.Benchmarks.Baselines;
using Bulkhead.Lua;

namespace Bulkhead.Benchmarks;

/// <summary>
/// Whole scripts under count hook, counting allocator and sandbox. Targets: tight loop at most 2.4 times raw C, typical scripts 1.3,
/// allocation 1.5.
/// </summary>
public class ScriptBenchmarks : IDisposable
{
    private readonly Rig _rig = new();
    private LuaVm _vm = null!;
    private nint _raw;

    [ParamsSource(nameof(Names))]
    public string Script { get; set; } = "";

    public static IEnumerable<string> Names => Scripts.All.Keys;

    [GlobalSetup]
    public void Setup()
    {
        _vm = _rig.NewVm();
        _raw = RawLua.Open();
    }

    [Benchmark(Baseline = true, Description = "raw C")]
    public int RawC() => RawLua.Run(_raw, Scripts.All[Script]);

    [Benchmark(Description = "Bulkhead")]
    public Task<LuaOutcome> Bulkhead() => Rig.RunToEndAsync(_vm, Scripts.All[Script]);

    [GlobalCleanup]
    public void Dispose()
    {
        _vm.Dispose();
        RawLua.Close(_raw);
        _rig.Dispose();
    }
}
