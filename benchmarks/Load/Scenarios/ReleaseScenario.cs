using System.Diagnostics;
using Bulkhead.Api.Contract;
using Bulkhead.Conformance.Postgres;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Drivers.Postgres;
using Bulkhead.Engine.Resources;

namespace Bulkhead.Load.Scenarios;

internal static class ReleaseScenario
{
    private const int Resources = 100;

    public static async Task<Section> MeasureAsync()
    {
        await using var server = await PrivatePostgres.StartAsync(CancellationToken.None);
        var database = await server.CreateDatabaseAsync("load", "load_role", CancellationToken.None);
        await OnceAsync(database, 2);
        var one = await OnceAsync(database, 1);
        var all = await OnceAsync(database, Resources);

        return new Section($"Release of {Resources} PostgreSQL resources",
            "Each is a session of its own. Released means closed and proven: the server was asked again and no longer shows the session. Baseline: one resource.",
            [
                Figure.Count("server sessions of the role before", all.SessionsBefore, Resources),
                Figure.Time("release of 1", one.Release),
                Figure.Time($"release of {Resources}", all.Release, TimeSpan.FromSeconds(1)),
                Figure.Ratio($"release of {Resources} / release of 1", all.Release / one.Release),
                Figure.Count("proven", all.Proven, Resources),
                Figure.Count("server sessions of the role after", all.SessionsAfter, 0),
            ]);
    }

    private static async Task<Outcome> OnceAsync(PostgresDatabase database, int count)
    {
        var context = UserExecutionContext.Create(Workloads.Fields("alice"), TimeProvider.System);
        await using var pool = new ResourcePool(context, new ResourcePoolSettings
        {
            Connections = [.. Enumerable.Range(0, count).Select(i => database.Connection($"db-{i}"))],
            Drivers = new DriverRegistry([new PostgresDriver()]),
            Credentials = _ => database.Credentials,
        }, new NoEvents());
        await pool.OpenAllAsync(CancellationToken.None);
        var before = await database.CountSessionsAsync(CancellationToken.None);

        var started = Stopwatch.GetTimestamp();
        var released = await pool.ReleaseAsync(TimeSpan.FromSeconds(30));
        var time = Stopwatch.GetElapsedTime(started);
        await context.EndAsync(CancellationToken.None);
        return new Outcome(
            time, released.Count(connection => connection.State == ConnectionState.Released), before, await database.CountSessionsAsync(CancellationToken.None));
    }

    private sealed record Outcome(TimeSpan Release, int Proven, long SessionsBefore, long SessionsAfter);
}
