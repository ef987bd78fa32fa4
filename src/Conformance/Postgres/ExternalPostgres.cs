using Npgsql;

namespace Bulkhead.Conformance.Postgres;

/// <summary>A running server that somebody names. Its log is out of reach, so sessions are seen in pg_stat_activity only.</summary>
public sealed class ExternalPostgres : PostgresInstance
{
    private readonly NpgsqlConnectionStringBuilder _login;

    /// <param name="connectionString">Npgsql's key=value form, for a role with CREATEDB, CREATEROLE and pg_read_all_stats.</param>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public ExternalPostgres(string connectionString) =>
        _login = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, GssEncryptionMode = GssEncryptionMode.Disable };

    public override string Host => _login.Host ?? "localhost";

    public override int Port => _login.Port;

    public override string SuperuserConnectionString => _login.ConnectionString;

    public override Task<string?> ReadLogAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
