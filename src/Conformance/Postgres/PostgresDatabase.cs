using System.Text.Json.Nodes;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Drivers;
using Npgsql;

namespace Bulkhead.Conformance.Postgres;

/// <summary>One database with its own role on a <see cref="PostgresInstance"/>, and the superuser's view of it.</summary>
/// <param name="Server">The server.</param>
/// <param name="Name">The database's name.</param>
/// <param name="Role">The role that owns it.</param>
/// <param name="Password">The role's password.</param>
public sealed record PostgresDatabase(PostgresInstance Server, string Name, string Role, string Password)
{
    public Credentials Credentials => new(new Dictionary<string, string> { ["username"] = Role, ["password"] = Password });

    /// <summary>Logs in as the role itself, without a pool.</summary>
    public string ConnectionString => Server.ConnectionString(Name, Role, Password);

    /// <summary>A declared connection to this database.</summary>
    /// <param name="name">Name of the connection.</param>
    /// <param name="id">NORP id, or null for the name.</param>
    /// <param name="tenant">Owner; null makes it global.</param>
    /// <param name="config">Settings beyond host, port and database.</param>
    public ConnectionDefinition Connection(string name, string? id = null, string? tenant = "local", JsonObject? config = null)
    {
        JsonObject settings = config?.DeepClone().AsObject() ?? [];
        settings.TryAdd("host", Server.Host);
        settings.TryAdd("port", Server.Port);
        settings.TryAdd("database", Name);
        using var document = System.Text.Json.JsonDocument.Parse(settings.ToJsonString());
        return new ConnectionDefinition
        {
            Name = name,
            Id = id,
            Type = "postgres",
            TenantId = tenant,
            Global = tenant is null,
            Config = document.RootElement.Clone(),
        };
    }

    /// <summary>Server sessions of the role in this database: by role, not by tag.</summary>
    public Task<long> CountSessionsAsync(CancellationToken cancellationToken) => ScalarAsync<long>(
        $"select count(*) from pg_stat_activity where usename = '{Role}' and datname = '{Name}'", cancellationToken);

    /// <summary>Looks until the role has this many sessions, or throws after the time.</summary>
    public async Task WaitForSessionsAsync(long count, TimeSpan within, CancellationToken cancellationToken)
    {
        long began = TimeProvider.System.GetTimestamp();
        long seen;
        while ((seen = await CountSessionsAsync(cancellationToken)) != count)
        {
            if (TimeProvider.System.GetElapsedTime(began) > within)
            {
                throw new InvalidOperationException($"The role {Role} has {seen} session(s), not {count}, after {within.TotalSeconds:0.#} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>
    /// Sessions of the role that the server has authorised since it was first started, from its log; only those of one
    /// application_name where it is given. Null where the log cannot be read.
    /// </summary>
    public async Task<int?> CountLoggedSessionsAsync(CancellationToken cancellationToken, string? applicationName = null)
    {
        string? log = await Server.ReadLogAsync(cancellationToken);
        string line = $"connection authorized: user={Role} ";
        return log?.Split('\n').Count(l => l.Contains(line, StringComparison.Ordinal)
            && (applicationName is null || l.TrimEnd().EndsWith($"application_name={applicationName}", StringComparison.Ordinal)));
    }

    /// <summary>Ends every session of the role and drops the database with its role.</summary>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(Server.SuperuserConnectionString);
        foreach (string sql in (string[])[$"drop database if exists \"{Name}\" with (force)", $"drop role if exists \"{Role}\""])
        {
            await using NpgsqlCommand command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>One value, asked as superuser in this database.</summary>
    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        var login = new NpgsqlConnectionStringBuilder(Server.SuperuserConnectionString) { Database = Name };
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(login);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Runs a statement as superuser in this database.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var login = new NpgsqlConnectionStringBuilder(Server.SuperuserConnectionString) { Database = Name };
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(login);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
