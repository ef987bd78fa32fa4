using Bulkhead.Conformance.Postgres;

namespace Bulkhead.Cli.Tests;

/// <summary>A connections file like examples/connections.yaml that leads to a test's own database.</summary>
internal sealed class ConnectionsForTests : IDisposable
{
    private readonly PostgresDatabase _database;

    public ConnectionsForTests(PostgresDatabase database, bool serverExpiry = true, int? port = null)
    {
        _database = database;
        var definition = database.Connection("orders-db", "5", "local");
        Path = System.IO.Path.GetTempFileName();
        File.WriteAllText(Path, $$"""
            apiVersion: bulkhead.dev/v1alpha1
            kind: Connection
            metadata: {name: orders-db}
            spec:
              id: 5
              type: postgres
              config: {host: {{definition.Config.GetProperty("host").GetString()}}, port: {{port ?? definition.Config.GetProperty("port").GetInt32()}}, database: {{database.Name}}, sslMode: Disable, serverExpiry: {{(serverExpiry ? "true" : "false")}}}
              secretRef: {name: orders-db}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: orders-db}
            stringData: {username: {{database.Role}}, password: "env:BULKHEAD_DB_PASSWORD"}
            """);
    }

    public string Path { get; }

    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["BULKHEAD_DB_PASSWORD"] = _database.Password };

    public void Dispose() => File.Delete(Path);
}
