using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Bulkhead.Lua.Execution;
using Bulkhead.Lua.Json;
using Bulkhead.Lua.Native;

namespace Bulkhead.Benchmarks;

/// <summary>JSON to Lua and back. Targets: at least 100 MB/s in (1 MB in 10 ms), 150 MB/s out (1 MB in 6.7 ms).</summary>
public unsafe class JsonBenchmarks
{
    private static readonly string[] Tags = ["a", "bb"];
    private LuaState _state = null!;
    private JsonElement _value;

    [Params(1, 100, 1000)]
    public int Kilobytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _state = LuaState.Create(new());
        const int itemLength = 78;
        _value = JsonSerializer.SerializeToElement(Enumerable.Range(10_000, Kilobytes * 1000 / itemLength).Select(
            i => new { id = i, name = $"item number {i}", price = 12.5, tags = Tags, ok = true }));
        JsonToLua.Push(_state.Main, _state.Block, _value);
    }

    [Benchmark(Baseline = true, Description = "parse only (JsonElement.Parse)")]
    public JsonElement Parse() => JsonElement.Parse(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(_value));

    [Benchmark(Description = "JSON to Lua")]
    public void In()
    {
        JsonToLua.Push(_state.Main, _state.Block, _value);
        LuaNative.Pop(_state.Main, 1);
    }

    [Benchmark(Description = "Lua to UTF-8")]
    public int Write() => _state.Reader.Write(_state.Main, 1).Length;

    [Benchmark(Description = "Lua to UTF-8, parsed as JsonElement")]
    public JsonElement? Out() => _state.Reader.Read(_state.Main, 1);

    [GlobalCleanup]
    public void Cleanup() => _state.Close();
}
