using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Bulkhead.Api.Workflows;

namespace Bulkhead.EngineBenchmarks;

/// <summary>Branches, beside one VM for each of the same scripts.</summary>
[MemoryDiagnoser]
public class BranchBenchmarks : IDisposable
{
    private const string Leaf = "return {v = state.index}";
    private readonly Rig _rig = new();
    private readonly JsonElement _state = JsonElement.Parse("""{"index": 1}""");
    private Workflow _fork = null!;

    [Params(10, 100, 1_000, 9_999)]
    public int Branches { get; set; }

    [GlobalSetup]
    public void Load() => _fork = Rig.Fork(Branches, Leaf);

    [GlobalCleanup]
    public void Dispose()
    {
        _rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Task Straight() => _rig.RunStraightInVmsAsync(Branches, Leaf, _state);

    [Benchmark]
    public Task Fork() => _rig.RunAsync(_fork);
}
