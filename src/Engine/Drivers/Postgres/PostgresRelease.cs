using Npgsql;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// Looks from another session for the sessions that carry the owner tag, ends those that stay, and looks again until there are none or
/// the time is over. Idempotent: nothing found is a success. What it may end: same tag, same database, same user.
/// </summary>
internal sealed class PostgresRelease(PostgresLogin login)
{
    /// <summary>A session that its client has closed needs a moment to disappear; only after this is it ended by force.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What pg_stat_activity shows, asked from the function beneath the view: in a fresh session the view costs several times as much to
    /// plan. Counts what was there before it ends anything.
    /// </summary>
    private const string EndSql = """
        select count(*) filter (where ours),
               count(*) filter (where not ours),
               count(*) filter (where ours and $4 and pg_terminate_backend(pid))
        from (select pid, pg_get_userbyid(usesysid) = $2 and (select datname from pg_database where oid = datid) = $3 as ours
              from pg_stat_get_activity(null) where application_name = $1 and pid <> pg_backend_pid()) tagged
        """;

    private const string EndBackendSql =
        "select count(pg_terminate_backend(pid)) from pg_stat_get_activity($1) where pg_get_userbyid(usesysid) = $2";

    private static readonly TimeSpan EndBackendTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Ends one backend of ours that no longer listens, and waits until it is gone. Best effort within 10 s: what stays is found by its tag,
    /// or expires.
    /// </summary>
    public async Task EndBackendAsync(int backend)
    {
        using var limit = new CancellationTokenSource(EndBackendTime);
        try
        {
            await using NpgsqlDataSource source = login.ForRelease();
            await using NpgsqlConnection connection = await source.OpenConnectionAsync(limit.Token);
            await using var command = new NpgsqlCommand(EndBackendSql, connection)
            {
                Parameters = { new() { Value = backend }, new() { Value = login.User } },
            };
            while (await command.ExecuteScalarAsync(limit.Token) is > 0L)
            {
                await Task.Delay(FirstWait, TimeProvider.System, limit.Token);
            }
        }
        catch (Exception error) when (error is NpgsqlException or OperationCanceledException or System.Net.Sockets.SocketException)
        {
            // The server is away or silent.
        }
    }

    /// <summary>Never throws: what cannot be asked is not proven.</summary>
    public async Task<ReleaseProof> EndAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(grace, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new ReleaseProof(false, Message: "The time for the release ended before the server answered.");
        }
        catch (Exception error)
        {
            return new ReleaseProof(false, Message: PostgresErrors.Describe(error, "The server could not be asked for our sessions").Message);
        }
    }

    /// <summary>As <see cref="EndAsync"/>, but a server that cannot be asked is an exception.</summary>
    public async Task<ReleaseProof> AskAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        await using NpgsqlDataSource source = login.ForRelease();
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        long began = TimeProvider.System.GetTimestamp();
        int ended = 0;
        (int Ours, int Foreign) left = default;
        for (TimeSpan wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            bool force = TimeProvider.System.GetElapsedTime(began) >= grace;
            (left.Ours, left.Foreign, int told) = await LookAsync(connection, force, cancellationToken);
            ended = Math.Max(ended, told);
            if (left.Ours == 0)
            {
                return left.Foreign == 0
                    ? new ReleaseProof(true, ended)
                    : new ReleaseProof(false, ended, left.Foreign, "ReleaseRoleChanged: sessions with our tag belong to another user or database.");
            }

            if (!await WaitAsync(wait, cancellationToken))
            {
                return new ReleaseProof(false, ended, left.Ours, $"{left.Ours} session(s) of ours did not end in time.");
            }
        }
    }

    private async Task<(int Ours, int Foreign, int Told)> LookAsync(NpgsqlConnection connection, bool force, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EndSql, connection)
        {
            Parameters =
            {
                new() { Value = login.Tag },
                new() { Value = login.User },
                new() { Value = login.Options.Database },
                new() { Value = force },
            },
        };
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return ((int)reader.GetInt64(0), (int)reader.GetInt64(1), (int)reader.GetInt64(2));
    }

    private static async Task<bool> WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(wait, TimeProvider.System, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
