using Bulkhead.Api.Contract;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Drivers.Postgres;

namespace Bulkhead.Conformance.Rows;

/// <summary>What the report's "performance impact" needs: three uses with a connection each, and three uses of one.</summary>
internal static class PoolingCost
{
    public const string Without = "without pooling, ms";
    public const string With = "with pooling, ms";

    public static async Task MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        await TimeAsync(bench, 1, 1, cancellationToken); // Warms up.
        bench.Measure(Without, Math.Round(await TimeAsync(bench, 3, 1, cancellationToken), 2));
        bench.Measure(With, Math.Round(await TimeAsync(bench, 1, 3, cancellationToken), 2));
    }

    private static async Task<double> TimeAsync(Bench bench, int connections, int usesOfEach, CancellationToken cancellationToken)
    {
        var driver = new PostgresDriver();
        var request = new OpenRequest(
            bench.Connection(), bench.Database.Credentials, new OwnerTag(Guid.NewGuid(), 1), null, TimeProvider.System);
        TimeSpan spent = default;
        for (int i = 0; i < connections; i++)
        {
            long began = TimeProvider.System.GetTimestamp();
            IResource resource = await driver.OpenAsync(request, cancellationToken);
            for (int use = 0; use < usesOfEach; use++)
            {
                await resource.CheckAsync(cancellationToken);
            }

            await resource.CloseAsync(cancellationToken);
            spent += TimeProvider.System.GetElapsedTime(began);
            await resource.ProveAsync(cancellationToken);
        }

        return spent.TotalMilliseconds;
    }
}
