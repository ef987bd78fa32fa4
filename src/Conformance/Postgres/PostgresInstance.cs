using System.Security.Cryptography;
using Npgsql;

namespace Bulkhead.Conformance.Postgres;

/// <summary>A PostgreSQL server on which we may create databases and roles and see every session.</summary>
public abstract class PostgresInstance : IAsyncDisposable
{
    public abstract string Host { get; }

    public abstract int Port { get; }

    /// <summary>Logs in as a role that may create databases and roles and see all sessions; without a pool.</summary>
    public abstract string SuperuserConnectionString { get; }

    /// <summary>What the server has logged so far, or null where its log is out of reach.</summary>
    public abstract Task<string?> ReadLogAsync(CancellationToken cancellationToken);

    /// <summary>The server that a person names: <c>auto</c> starts a private one on loopback.</summary>
    /// <exception cref="ArgumentException">Neither auto nor a server's connection info.</exception>
    /// <exception cref="InvalidOperationException">auto, but PostgreSQL is not installed.</exception>
    public static async Task<PostgresInstance> OpenAsync(string connInfo, CancellationToken cancellationToken) =>
        connInfo == "auto" ? await PrivatePostgres.StartAsync(cancellationToken) : new ExternalPostgres(connInfo);

    /// <summary>A new database owned by a new role with a random password.</summary>
    /// <param name="database">Name of the database, a plain identifier.</param>
    /// <param name="role">Name of the role, a plain identifier.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PostgresDatabase> CreateDatabaseAsync(string database, string role, CancellationToken cancellationToken)
    {
        string password = RandomNumberGenerator.GetHexString(24, lowercase: true);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(SuperuserConnectionString);
        foreach (string sql in (string[])
            [$"create role \"{role}\" login password '{password}'", $"create database \"{database}\" owner \"{role}\" template template0"])
        {
            await using NpgsqlCommand command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return new PostgresDatabase(this, database, role, password);
    }

    public abstract ValueTask DisposeAsync();

    internal string ConnectionString(string database, string user, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = Host,
        Port = Port,
        Database = database,
        Username = user,
        Password = password,
        Pooling = false,
        Timeout = 5,
        SslMode = SslMode.Prefer,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;
}
