using Bulkhead.Api.Contract;
using Npgsql;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>Counts the role's sessions by owner tag, whoever owns it. Ends none.</summary>
internal sealed class PostgresAudit(PostgresLogin login)
{
    private const string Sql = """
        select application_name, count(*)
        from pg_stat_get_activity(null)
        where application_name like $1 and pid <> pg_backend_pid() and pg_get_userbyid(usesysid) = $2
        group by 1 order by 1
        """;

    public async Task<IReadOnlyList<TaggedSessions>> CountAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlDataSource source = login.ForRelease();
        await using NpgsqlCommand command = source.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = $"{OwnerTag.Prefix}%" });
        command.Parameters.Add(new() { Value = login.User });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<TaggedSessions> tags = [];
        while (await reader.ReadAsync(cancellationToken)) tags.Add(new TaggedSessions(reader.GetString(0), (int)reader.GetInt64(1)));
        return tags;
    }
}
