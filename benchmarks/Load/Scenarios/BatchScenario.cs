using System.Diagnostics;

namespace Bulkhead.Load.Scenarios;

internal static class BatchScenario
{
    public static async Task<Section> MeasureAsync()
    {
        await using var factory = Workloads.NewFactory();
        var alone = new List<TimeSpan>();
        for (var i = 0; i < 30; i++) alone.Add(await Workloads.RunAsync(factory, "baseline", Workloads.Light));

        var times = new List<TimeSpan>();
        var started = Stopwatch.GetTimestamp();
        for (var batch = 0; batch < 3; batch++)
        {
            times.AddRange(await Task.WhenAll(Enumerable.Range(0, 10)
                .Select(i => Workloads.RunAsync(factory, $"user-{batch}-{i}", Workloads.Light))));
        }

        var (one, many) = (new Sample(alone), new Sample(times));
        return new Section("30 users in 3 batches of 10",
            "Each user creates an engine, runs a workflow of two branches and a join, and cleans up. Baseline: one user, one run after the other.",
            [
                Figure.Time("one user alone, median", one.Median),
                Figure.Time("30 users, median", many.Median),
                Figure.Time("30 users, worst", many.Worst, TimeSpan.FromSeconds(2)),
                Figure.Time("all three batches", Stopwatch.GetElapsedTime(started)),
                Figure.Ratio("median in a batch of 10 / alone", many.Median / one.Median),
                Figure.Count("engines active at the end", factory.Metrics.ActiveEnginesCount, 0),
                Figure.Count("clean-up errors", factory.Metrics.CleanupErrors, 0),
            ]);
    }
}
