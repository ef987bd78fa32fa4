using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Testing.Running;
using static Bulkhead.Testing.Running.Documents;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>Branches run side by side: the seeds' own bounds, best of 3.</summary>
[Collection(TimingCollection.Name)]
public sealed class TimingRows
{
    private const double Least = 1.3;

    /// <summary>The seed's bound for four branches that sleep 100 ms, in milliseconds.</summary>
    private const double Most = 200;

    private static readonly string Sleepers = Fork([.. Enumerable.Range(0, 4).Select(i => ($"b{i}", "sleep(0.1)"))]);
    private static readonly string Counters = Fork([.. Enumerable.Range(0, 4).Select(i => ($"b{i}", "local s = 0 for i = 1, 8000000 do s = s + i % 7 end"))]);

    [Fact(DisplayName = "RUST-030-INT-001 four branches that sleep 100 ms take less than 200 ms"), Trait("Seed", "RUST-030-INT-001")]
    public async Task Sleeping_FourBranches_TakeAsLongAsOne()
    {
        var best = double.MaxValue;
        for (var i = 0; i < 3; i++) best = Math.Min(best, await DurationAsync(Sleepers, EngineParts.Sound));
        best.ShouldBeLessThan(Most);
        (await DurationAsync(Sleepers, OneAtATime)).ShouldBeGreaterThan(Most, "the row must notice branches that wait for each other");
    }

    [Fact(DisplayName = "RUST-030-INT-002 branches that compute use more than one processor"), Trait("Seed", "RUST-030-INT-002")]
    public async Task Computing_FourBranches_AreFasterThanOneByOne()
    {
        Environment.ProcessorCount.ShouldBeGreaterThan(1, "this row needs two processors");
        var best = 0.0;
        // A virtual machine's processors may be one of its host's for a while.
        for (var i = 0; i < 20 && best <= Least; i++) best = Math.Max(best, await SpeedUpAsync(EngineParts.Sound));
        best.ShouldBeGreaterThan(Least, "the same branches one by one, on the same machine at the same time, are the measure");
        double[] broken = [await SpeedUpAsync(OneAtATime), await SpeedUpAsync(OneAtATime), await SpeedUpAsync(OneAtATime)];
        broken.Min().ShouldBeLessThan(Least, "the row must notice branches that wait for each other");
    }

    private static EngineParts OneAtATime => BrokenFork.With(Fault.OneAtATime, () => ActionRegistry.BuiltIn);

    private static async Task<double> SpeedUpAsync(EngineParts parts) => await DurationAsync(Counters, OneAtATime) / await DurationAsync(Counters, parts);

    private static async Task<double> DurationAsync(string document, EngineParts parts)
    {
        var ran = (await new LocalRun { Parts = parts }.RunAsync(document)).Succeeded();
        ran.ParallelResults.ShouldAllBe(r => r.GetProperty("success").GetBoolean());
        return ran.Events.Single(e => e.Type == "parallel_complete").Fields!["duration_ms"].GetDouble();
    }
}
