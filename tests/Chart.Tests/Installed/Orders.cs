using Bulkhead.Conformance.Postgres;
using Npgsql;

namespace Bulkhead.Chart.Tests.Installed;

/// <summary>
/// A database in which each execution inserts one row, and then waits, with its session open, at a lock that this test holds: so nothing ends before it
/// has to, and how often something ran can be counted.
/// </summary>
internal sealed class Orders : IAsyncDisposable
{
    private readonly Node _node;
    private readonly PostgresDatabase _database;
    private readonly NpgsqlConnection _lock;

    private Orders(Node node, PostgresDatabase database, NpgsqlConnection held) => (_node, _database, _lock) = (node, database, held);

    public static async Task<Orders> CreateAsync(Node node)
    {
        var database = await node.DatabaseAsync();
        await database.ExecuteAsync($"create table runs (execution text); grant all on runs to {database.Role}", CancellationToken.None);
        await node.ApplyAsync($$"""
            apiVersion: v1
            kind: Secret
            metadata: {name: orders-db, namespace: default}
            stringData: {username: {{database.Role}}, password: {{database.Password}}}
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: Connection
            metadata: {name: orders-db, namespace: default}
            spec:
              id: 5
              type: postgres
              config: {host: {{database.Server.Host}}, port: {{database.Server.Port}}, database: {{database.Name}}, sslMode: Disable}
              secretRef: {name: orders-db}
            """);
        var held = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Server.SuperuserConnectionString) { Database = database.Name }.ConnectionString);
        await held.OpenAsync();
        await RunAsync(held, "select pg_advisory_lock(1)");
        return new Orders(node, database, held);
    }

    /// <summary>Executions that insert their name and wait; each its own user's, so that no user's limit bounds them.</summary>
    public static string Executions(params IEnumerable<string> names) => string.Concat(names.Select(name => $$$"""
        apiVersion: bulkhead.dev/v1alpha1
        kind: WorkflowExecution
        metadata: {name: {{{name}}}, namespace: default}
        spec:
          userId: {{{name}}}
          release: {graceful: 5s}
          workflow:
            name: insert
            nodes:
              - {name: insert, type: sql, config: {connection: orders-db, query: "insert into runs values ('{{{name}}}')"}}
              - {name: wait, type: sql, config: {connection: orders-db, query: "select pg_advisory_lock_shared(1)"}}
        ---

        """));

    /// <summary>Until so many sessions wait at the lock.</summary>
    public Task WaitingAsync(int count) => _node.UntilAsync(
        async () => await _database.ScalarAsync<long>($"select count(*) from pg_stat_activity where usename = '{_database.Role}' and wait_event = 'advisory'", CancellationToken.None) >= count,
        TimeSpan.FromSeconds(150), $"{count} executions hold a session");

    /// <summary>Lets all of them go on.</summary>
    public Task ReleaseAsync() => RunAsync(_lock, "select pg_advisory_unlock(1)");

    /// <summary>All of these have succeeded at their first attempt, each has inserted one row, and no session is left.</summary>
    public async Task HaveRunOnceAsync(params IReadOnlyList<string> names)
    {
        await _node.UntilAsync(
            async () => (await _node.ListAsync("wfx")).Count(e => e["status"]?["completionTime"] is not null) == names.Count, TimeSpan.FromMinutes(3), "all have ended");
        foreach (var execution in await _node.ListAsync("wfx"))
        {
            var what = $"{execution["metadata"]!["name"]} {execution["status"]!["conditions"]!.ToJsonString()}";
            Installed.Executions.Phase(execution).ShouldBe("Succeeded", what);
            ((int)execution["status"]!["attempt"]!).ShouldBe(1, what);
        }

        var rows = await _database.ScalarAsync<string[]>("select array_agg(execution order by execution) from runs", CancellationToken.None);
        rows.ShouldBe((string[])[.. names.Order(StringComparer.Ordinal)], "one row for each execution: none lost, none run twice");
        var pods = await _node.ListAsync("pods", "-l", "bulkhead.dev/role=worker");
        pods.Select(p => (string)p["metadata"]!["labels"]!["bulkhead.dev/execution"]!).Order(StringComparer.Ordinal).ShouldBe(names.Order(StringComparer.Ordinal), "one pod for each");
        (await _database.CountSessionsAsync(CancellationToken.None)).ShouldBe(0);
        (await _node.ListAsync("wfx")).ShouldAllBe(e => e["metadata"]!["finalizers"] == null);
        pods.ShouldAllBe(p => p["metadata"]!["finalizers"] == null);
    }

    public async ValueTask DisposeAsync()
    {
        await _lock.DisposeAsync();
        await _node.KubectlAsync("delete", "wfx", "--all", "--timeout=60s");
        await _node.KubectlAsync("delete", "wfc/orders-db", "secret/orders-db");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
