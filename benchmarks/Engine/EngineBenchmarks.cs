using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Bulkhead.Api.Workflows;

namespace Bulkhead.EngineBenchmarks;

/// <summary>A chain of nodes, beside the same scripts straight on one VM.</summary>
[MemoryDiagnoser]
public class ChainBenchmarks
{
    private const string Step = "return {n = state.n + 1}";
    private readonly Rig _rig = new();
    private readonly JsonElement _state = JsonElement.Parse("""{"n": 1}""");
    private Workflow _chain = null!;

    [GlobalSetup]
    public void Load() => _chain = Rig.Chain(1000, Step);

    [Benchmark(Baseline = true)]
    public Task Straight() => _rig.RunStraightAsync(1000, Step, _state);

    [Benchmark]
    public Task Chain() => _rig.RunAsync(_chain);
}

/// <summary>Branches, beside one VM for each of the same scripts.</summary>
[MemoryDiagnoser]
public class BranchBenchmarks
{
    private const string Leaf = "return {v = state.index}";
    private readonly Rig _rig = new();
    private readonly JsonElement _state = JsonElement.Parse("""{"index": 1}""");
    private Workflow _fork = null!;

    [Params(10, 100, 1_000, 9_999)]
    public int Branches { get; set; }

    [GlobalSetup]
    public void Load() => _fork = Rig.Fork(Branches, Leaf);

    [Benchmark(Baseline = true)]
    public Task Straight() => _rig.RunStraightInVmsAsync(Branches, Leaf, _state);

    [Benchmark]
    public Task Fork() => _rig.RunAsync(_fork);
}
