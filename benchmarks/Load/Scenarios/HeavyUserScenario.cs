namespace Bulkhead.Load.Scenarios;

internal static class HeavyUserScenario
{
    private static readonly string[] LightUsers = ["alice", "bob", "carol"];

    public static async Task<Section> MeasureAsync()
    {
        await using var factory = Workloads.NewFactory();
        var alone = new Sample(await LightUsersAsync(factory, until: null));
        var heavy = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Workloads.RunAsync(factory, "heavy", Workloads.Heavy))));
        var beside = new Sample(await LightUsersAsync(factory, heavy));
        var heavyTime = (await heavy).Max();

        return new Section("One heavy user beside three light ones",
            "The heavy user runs two workflows at once, of two branches each that compute without a pause: twice as much as there are processors. "
            + "The light users run for as long as the heavy one does. Baseline: the light users alone.",
            [
                Figure.Time("heavy run", heavyTime),
                Figure.Time("light run alone, median", alone.Median),
                Figure.Time("light run beside the heavy one, median", beside.Median),
                Figure.Time("light run beside the heavy one, 95 %", beside.NinetyFifth),
                Figure.Time("light run beside the heavy one, worst", beside.Worst, TimeSpan.FromSeconds(0.5)),
                Figure.Ratio("light worst / heavy", beside.Worst / heavyTime, 0.3),
                Figure.Ratio("light median beside / alone", beside.Median / alone.Median),
            ]);
    }

    private static async Task<IEnumerable<TimeSpan>> LightUsersAsync(Engine.Factory.ExecutionEngineFactory factory, Task? until)
    {
        var times = await Task.WhenAll(LightUsers.Select(async user =>
        {
            var mine = new List<TimeSpan>();
            while (mine.Count < 30 || until is { IsCompleted: false })
            {
                mine.Add(await Workloads.RunAsync(factory, user, Workloads.Light));
                await Task.Delay(10);
            }

            return mine;
        }));
        return times.SelectMany(mine => mine);
    }
}
