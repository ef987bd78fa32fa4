using Npgsql;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// The session settings behind a pooler, whose sessions were not started by us: they are set by a statement, owner tag included. A session pooler
/// lends a session for as long as we are connected, so they are set again after each DISCARD ALL; a transaction pooler only for one transaction, so they
/// are local to it, and the next client finds nothing of them.
/// </summary>
internal sealed class PooledSettings(string tag, IEnumerable<KeyValuePair<string, string>> settings)
{
    /// <summary>What an older server does not know is left out.</summary>
    private const string Sql = """
        select count(set_config(given.name, given.value, $3)) from unnest($1::text[], $2::text[]) given(name, value)
        where exists (select from pg_settings known where known.name = given.name)
        """;

    private readonly KeyValuePair<string, string>[] _settings = [new("application_name", tag), .. settings];

    public async Task ApplyAsync(NpgsqlConnection connection, bool local, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters =
            {
                new() { Value = Array.ConvertAll(_settings, s => s.Key) },
                new() { Value = Array.ConvertAll(_settings, s => s.Value) },
                new() { Value = local },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
