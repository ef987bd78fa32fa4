using System.Diagnostics;
using System.Text.Json;

namespace Bulkhead.EngineBenchmarks;

/// <summary>The figures of the report in under a minute: best of several runs, baseline beside it in the same process.</summary>
internal static class Quick
{
    private const string Step = "return {n = state.n + 1}";
    private const string Leaf = "return {v = state.index}";
    private static readonly JsonElement State = JsonElement.Parse("""{"n": 1, "index": 1}""");

    public static async Task RunAsync()
    {
        using var rig = new Rig();
        var chain = Rig.Chain(1000, Step);
        var (engine, straight) = (await BestAsync(10, () => rig.RunAsync(chain)), await BestAsync(10, () => rig.RunStraightAsync(1000, Step, State)));
        var processor = Processor(() => rig.RunAsync(chain)) - Processor(() => rig.RunStraightAsync(1000, Step, State));
        Console.WriteLine($"| chain of 1,000 nodes | {engine:0.0} ms | straight {straight:0.0} ms | overhead a node {engine - straight:0.0} us, {processor:0.0} us of processor |");
        foreach (var branches in (int[])[10, 100, 1000, 9_999])
        {
            var fork = Rig.Fork(branches, Leaf);
            var runs = branches > 1000 ? 3 : 10;
            (engine, straight) = (await BestAsync(runs, () => rig.RunAsync(fork)), await BestAsync(runs, () => rig.RunStraightInVmsAsync(branches, Leaf, State)));
            processor = (Processor(() => rig.RunAsync(fork)) - Processor(() => rig.RunStraightInVmsAsync(branches, Leaf, State))) * 1000 / branches;
            Console.WriteLine($"| {branches:n0} branches | {engine:0.0} ms | straight {straight:0.0} ms | overhead a branch {(engine - straight) * 1000 / branches:0.0} us, {processor:0.0} us of processor | peak {Environment.WorkingSet >> 20} MB |");
        }

        foreach (var size in (int[])[1_000, 100_000, 800_000])
        {
            var state = new { n = 0, text = Enumerable.Repeat(new string('x', 100), size / 100) };
            var through = Rig.Chain(100, Step, state);
            var json = JsonSerializer.SerializeToElement(state);
            (engine, straight) = (await BestAsync(3, () => rig.RunAsync(through)), await BestAsync(3, () => rig.RunStraightAsync(100, Step, json)));
            Console.WriteLine($"| {size / 1000:n0} KB of state through 100 nodes | {engine:0.0} ms | straight {straight:0.0} ms | ratio {engine / straight:0.00} |");
        }

        foreach (var nodes in (int[])[10, 1000, 10_000])
            Console.WriteLine($"| loading {nodes:n0} nodes | {await BestAsync(5, () => Task.FromResult(Rig.Chain(nodes, Step))):0.0} ms |");
    }

    /// <summary>Milliseconds of processor time, which other work on the machine disturbs less than it disturbs the clock. Best of 5.</summary>
    private static double Processor(Func<Task> work) => Enumerable.Range(0, 5).Min(_ =>
    {
        var before = Environment.CpuUsage.TotalTime;
        work().GetAwaiter().GetResult();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    });

    private static async Task<double> BestAsync(int runs, Func<Task> work)
    {
        var best = double.MaxValue;
        for (var i = 0; i < runs; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;
    }
}
