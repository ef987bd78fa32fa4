using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Bulkhead.Api.Loading;

namespace Bulkhead.EngineBenchmarks;

/// <summary>Loading and validating a document, beside parsing it as JSON.</summary>
[MemoryDiagnoser]
public class LoadBenchmarks
{
    private byte[] _document = [];

    [Params(10, 1_000, 10_000)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Write() => _document = Encoding.UTF8.GetBytes(Rig.ChainText(Nodes, "return {n = state.n + 1}"));

    [Benchmark(Baseline = true)]
    public JsonElement Parse() => JsonElement.Parse(_document);

    [Benchmark]
    public LoadResult Load() => WorkflowLoader.Load(_document);
}
