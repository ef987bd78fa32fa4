using Bulkhead.Engine.Factory;

namespace Bulkhead.Load.Scenarios;

internal static class MemoryScenario
{
    private const int Sessions = 10;

    public static async Task<Section> MeasureAsync()
    {
        await using var factory = Workloads.NewFactory();
        await SessionsAsync(factory, 1);
        var before = MemoryUse.Now(trim: true);
        var during = await SessionsAsync(factory, Sessions);
        var inReserve = MemoryUse.Now();
        var after = MemoryUse.Now(trim: true);

        var (grown, kept) = (during.Resident - before.Resident, after.Resident - before.Resident);
        return new Section($"Memory of {Sessions} sessions",
            "Ten users run at once, each holding 3 MB of strings in its VM. Measured before, while all ten hold it, and after their clean-up; "
            + "one session before has filled the caches of the process. Kept is what is left after a full collection and after the C library has "
            + "given back what it holds in reserve.",
            [
                Figure.Bytes("resident growth per session", grown / Sessions, 5_000_000),
                Figure.Bytes("managed growth per session", (during.Managed - before.Managed) / Sessions, 5_000_000),
                Figure.Bytes("resident, kept after clean-up", kept, Math.Max(1_000_000, grown / 2)),
                new Figure("resident, kept with the C library's reserve", $"{(inReserve.Resident - before.Resident) / 1e6:0.00} MB"),
                Figure.Bytes("managed, kept after clean-up", after.Managed - before.Managed, 1_000_000),
                new Figure("given back", grown <= 0 ? "all" : $"{100.0 * (grown - kept) / grown:0} %"),
            ]);
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
}
