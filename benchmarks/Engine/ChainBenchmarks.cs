using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Bulkhead.Api.Workflows;

namespace Bulkhead.EngineBenchmarks;

/// <summary>A chain of nodes, beside the same scripts straight on one VM.</summary>
[MemoryDiagnoser]
public class ChainBenchmarks : IDisposable
{
    private const string Step = "return {n = state.n + 1}";
    private readonly Rig _rig = new();
    private readonly JsonElement _state = JsonElement.Parse("""{"n": 1}""");
    private Workflow _chain = null!;

    [GlobalSetup]
    public void Load() => _chain = Rig.Chain(1000, Step);

    [GlobalCleanup]
    public void Dispose()
    {
        _rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Task Straight() => _rig.RunStraightAsync(1000, Step, _state);

    [Benchmark]
    public Task Chain() => _rig.RunAsync(_chain);
}
