using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Bulkhead.Api.Workflows;

namespace Bulkhead.EngineBenchmarks;

/// <summary>State of some size through 100 nodes, beside the same scripts straight on one VM. 800 KB is the most that a document may carry.</summary>
[MemoryDiagnoser]
public class StateBenchmarks : IDisposable
{
    private const string Step = "return {n = state.n + 1}";
    private readonly Rig _rig = new();
    private JsonElement _state;
    private Workflow _chain = null!;

    [Params(1, 100, 800)]
    public int Kilobytes { get; set; }

    [GlobalSetup]
    public void Load()
    {
        var state = new { n = 0, text = Enumerable.Repeat(new string('x', 100), Kilobytes * 10) };
        (_chain, _state) = (Rig.Chain(100, Step, state), JsonSerializer.SerializeToElement(state));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Task Straight() => _rig.RunStraightAsync(100, Step, _state);

    [Benchmark]
    public Task Chain() => _rig.RunAsync(_chain);
}
