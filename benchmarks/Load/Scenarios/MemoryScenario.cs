using Bulkhead.Engine.Factory;

namespace Bulkhead.Load.Scenarios;

internal static class MemoryScenario
{
    private const int Sessions = 10;

    public static async Task<Section> MeasureAsync()
    {
        await using var factory = Workloads.NewFactory();
        await SessionsAsync(factory, Sessions);
        var rounds = new List<Round>();
        for (var i = 0; i < 3; i++) rounds.Add(await RoundAsync(factory));
        var best = rounds.MinBy(round => round.Kept)!;

        return new Section($"Memory of {Sessions} sessions",
            "Ten users run at once, each holding 3 MB of strings in its VM. Measured before, while all ten hold it, and after their clean-up; "
            + "ten sessions before have filled the caches of the process and its C library. Kept is what is left after a full collection and after the C "
            + "library has given back what it holds in reserve. The best of three rounds: what else the process does can only add.",
            [
                Figure.Bytes("resident growth per session", best.Grown / Sessions, 5_000_000),
                Figure.Bytes("managed growth per session", best.ManagedGrown / Sessions, 5_000_000),
                Figure.Bytes("resident, kept after clean-up", best.Kept, Math.Max(1_000_000, best.Grown / 2)),
                Figure.Bytes("managed, kept after clean-up", best.ManagedKept, 1_000_000),
                new Figure("given back", string.Join(", ", rounds.Select(round => $"{100.0 * (round.Grown - round.Kept) / round.Grown:0} %"))),
            ]);
    }

    private static async Task<Round> RoundAsync(ExecutionEngineFactory factory)
    {
        var before = MemoryUse.Now();
        var during = await SessionsAsync(factory, Sessions);
        var after = MemoryUse.Now();
        return new Round(
            during.Resident - before.Resident, after.Resident - before.Resident, during.Managed - before.Managed, after.Managed - before.Managed);
    }

    private static async Task<MemoryUse> SessionsAsync(ExecutionEngineFactory factory, int count)
    {
        var engines = await Task.WhenAll(Enumerable.Range(0, count)
            .Select(i => factory.CreateForUserAsync(Workloads.Fields($"user-{i}"), CancellationToken.None)));
        var runs = Task.WhenAll(engines.Select(engine => Workloads.RunAsync(engine, Workloads.Holding)));
        await Task.Delay(TimeSpan.FromMilliseconds(700));
        var held = MemoryUse.Now();
        await runs;
        await Task.WhenAll(engines.Select(factory.CleanUpAsync));
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        return held;
    }

    private sealed record Round(long Grown, long Kept, long ManagedGrown, long ManagedKept);
}
