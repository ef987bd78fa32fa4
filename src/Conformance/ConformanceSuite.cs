using Bulkhead.Conformance.Postgres;
using Bulkhead.Conformance.Rows;

namespace Bulkhead.Conformance;

/// <summary>All rows, and a way to run them against a live PostgreSQL.</summary>
public static class ConformanceSuite
{
    /// <summary>NORP-001, 002, 004, 005 and 006, in order of their ids.</summary>
    public static IReadOnlyList<ConformanceRow> Rows =>
        [.. ValidationRows.All, .. TenantRows.All, .. GraphRows.All, .. IsolationTests.All, .. IsolationRules.All];

    /// <summary>Runs every row, one after the other; a row that fails does not stop the others.</summary>
    /// <param name="server">Where rows create their databases.</param>
    /// <param name="progress">Told of each row as it ends.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<ConformanceReport> RunAsync(PostgresInstance server, IProgress<RowResult>? progress, CancellationToken cancellationToken)
    {
        var results = new List<RowResult>();
        foreach (ConformanceRow row in Rows)
        {
            RowResult result = await RunAsync(row, server, cancellationToken);
            results.Add(result);
            progress?.Report(result);
        }

        return new ConformanceReport(results, TimeProvider.System.GetUtcNow());
    }

    /// <summary>Runs one row on a database of its own.</summary>
    public static Task<RowResult> RunAsync(ConformanceRow row, PostgresInstance server, CancellationToken cancellationToken) =>
        RunAsync(row, new RowWiring(), server, cancellationToken);

    internal static async Task<RowResult> RunAsync(ConformanceRow row, RowWiring wiring, PostgresInstance server, CancellationToken cancellationToken)
    {
        long began = TimeProvider.System.GetTimestamp();
        await using var bench = new Bench(wiring, server, row.Id.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant());
        bool passed = false;
        string note;
        try
        {
            if (row.NeedsDatabase)
            {
                await bench.CreateDatabaseAsync(cancellationToken);
            }

            note = await row.Run(bench, cancellationToken);
            passed = true;
        }
        catch (RowFailedException failure)
        {
            note = failure.Message;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            note = $"{error.GetType().Name}: {error.Message}";
        }

        double duration = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        return new RowResult(row.Id, row.Title, passed, row.Optional, note, Math.Round(duration, 1), bench.Measured);
    }
}
