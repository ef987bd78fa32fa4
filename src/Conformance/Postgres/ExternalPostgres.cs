using Npgsql;

namespace Bulkhead.Conformance.Postgres;

/// <summary>A running server that somebody names. Its log is out of reach, so sessions are seen in pg_stat_activity only.</summary>
public sealed class ExternalPostgres : PostgresInstance
{
    private readonly NpgsqlConnectionStringBuilder _login;

    /// <param name="connInfo">
    /// A postgresql:// URI, libpq's or Npgsql's key=value form, for a role with CREATEDB, CREATEROLE and pg_read_all_stats.
    /// </param>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public ExternalPostgres(string connInfo)
    {
        _login = ConnInfo.Parse(connInfo);
        _login.Pooling = false;
        _login.GssEncryptionMode = GssEncryptionMode.Disable;
    }

    public override string Host => _login.Host ?? "localhost";

    public override int Port => _login.Port;

    public override string SuperuserConnectionString => _login.ConnectionString;

    public override Task<string?> ReadLogAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
