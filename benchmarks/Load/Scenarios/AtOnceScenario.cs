using System.Diagnostics;

namespace Bulkhead.Load.Scenarios;

internal static class AtOnceScenario
{
    private const int Users = 20;
    private const int RunsEach = 20;

    public static async Task<Section> MeasureAsync()
    {
        await using var factory = Workloads.NewFactory();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 100; i++) await Workloads.RunAsync(factory, "baseline", Workloads.Light);
        var oneAfterTheOther = 100 / Stopwatch.GetElapsedTime(started).TotalSeconds;

        started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, Users).Select(async user =>
        {
            var mine = new List<TimeSpan>();
            for (var i = 0; i < RunsEach; i++) mine.Add(await Workloads.RunAsync(factory, $"user-{user}", Workloads.Light));
            return mine;
        }));
        var atOnce = Users * RunsEach / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var sample = new Sample(times.SelectMany(mine => mine));

        return new Section($"{Users} users at once, {RunsEach} runs each",
            "Baseline: the same runs by one user, one after the other.",
            [
                new Figure("one after the other", $"{oneAfterTheOther:0} runs/s"),
                new Figure("at once", $"{atOnce:0} runs/s"),
                Figure.Ratio("throughput at once / one after the other", atOnce / oneAfterTheOther),
                Figure.Time("response at once, median", sample.Median),
                Figure.Time("response at once, 95 %", sample.NinetyFifth, TimeSpan.FromSeconds(2)),
                Figure.Count("engines active at the end", factory.Metrics.ActiveEnginesCount, 0),
            ]);
    }
}
