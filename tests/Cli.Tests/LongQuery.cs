using Bulkhead.Conformance.Postgres;

namespace Bulkhead.Cli.Tests;

/// <summary>A run that sits in a query of five minutes when the fault comes.</summary>
internal static class LongQuery
{
    public const string Document = """
        name: long-query
        nodes:
          - name: wait
            type: sql
            config: {connection: orders-db, query: select pg_sleep(300)}
        """;

    /// <summary>The same with more fields of the execution's spec.</summary>
    public static string Manifest(string fields) => $"""
        apiVersion: bulkhead.dev/v1alpha1
        kind: WorkflowExecution
        metadata:
          name: long-query
        spec:
          {fields}
          workflow:
        {string.Join('\n', Document.Split('\n').Select(line => $"    {line}"))}
        """;

    public static CliRun Start(TemporaryFile document, ConnectionsForTests connections, params string[] more) => CliRun.Start(
        ["run", document.Path, "--connections", connections.Path, "--events", "-", "--output", "json", .. more], connections.Environment);

    /// <summary>The query runs on the server: a session that only is open would end by itself when its client dies.</summary>
    /// <returns>The process id of the server's backend.</returns>
    public static async Task<int> WaitAsync(PostgresDatabase database)
    {
        var sql = $"select coalesce(max(pid), 0) from pg_stat_activity where usename = '{database.Role}' and state = 'active' and query like '%pg_sleep%'";
        int pid;
        for (var began = TimeProvider.System.GetTimestamp(); (pid = await database.ScalarAsync<int>(sql, CancellationToken.None)) == 0;)
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(30), "the query must begin");
            await Task.Delay(20);
        }

        return pid;
    }
}
