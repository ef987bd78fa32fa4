using BenchmarkDotNet.Attributes;
using Bulkhead.Lua;

namespace Bulkhead.Benchmarks;

/// <summary>
/// Branches at once, each with its own VM. Targets: two threads at least 1.6 times one; 4 branches of sleep(0.1) at most 150 ms,
/// 1,000 of them at most 400 ms.
/// </summary>
public class ParallelBenchmarks : IDisposable
{
    private const string Busy = "local x = 0 for i = 1, 3000000 do x = x + i % 7 end return x";
    private readonly Rig _one = new(workers: 1);
    private readonly Rig _two = new(workers: 2);

    [Benchmark(Baseline = true, Description = "2 busy scripts on 1 thread")]
    public Task OneThread() => AllAsync(_one, 2, Busy);

    [Benchmark(Description = "2 busy scripts on 2 threads")]
    public Task TwoThreads() => AllAsync(_two, 2, Busy);

    [Benchmark(Description = "4 branches of sleep(0.1)")]
    public Task FourSleepers() => AllAsync(_two, 4, "sleep(0.1)");

    [Benchmark(Description = "1,000 branches of sleep(0.1)")]
    public Task ThousandSleepers() => AllAsync(_two, 1000, "sleep(0.1)");

    [GlobalCleanup]
    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    private static Task AllAsync(Rig rig, int count, string source) => Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
    {
        using var vm = rig.NewVm();
        await Rig.RunToEndAsync(vm, source);
    }));
}
