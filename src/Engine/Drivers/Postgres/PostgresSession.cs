using System.Net;
using System.Text.Json;
using Npgsql;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// One place for a server session: opened at first use, opened again after the server lost it. One statement at a time; after each one
/// the owner tag is compared and everything that the statement set is discarded (DISCARD ALL returns to the start-up settings).
/// </summary>
/// <param name="source">Where sessions come from.</param>
/// <param name="login">Who logs in, and with which tag.</param>
/// <param name="pooled">Behind a pooler; null: the server itself.</param>
internal sealed class PostgresSession(NpgsqlDataSource source, PostgresLogin login, PooledSettings? pooled) : IAsyncDisposable
{
    private const string LastEndSql = """
        select host(inet_client_addr()), inet_client_port(), host(inet_server_addr()), inet_server_port(),
               (select count(*) from pg_stat_get_activity(null) where application_name = $1 and pid <> pg_backend_pid())
        """;

    private static readonly TimeSpan ResetTime = TimeSpan.FromSeconds(5);
    private readonly bool _lentForATransaction = login.Options.Pooling == "transaction";
    private NpgsqlConnection? _connection;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_connection is { State: System.Data.ConnectionState.Open })
        {
            return;
        }

        await DisposeAsync();
        NpgsqlConnection connection = source.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            CompareTag(connection);
            await ApplyAsync(connection, cancellationToken);
            _connection = connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<JsonElement> RunAsync(SqlText sql, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        NpgsqlConnection connection = _connection!;
        int backend = connection.ProcessID;
        bool clean = false;
        try
        {
            await using NpgsqlTransaction? transaction = await LendAsync(connection, cancellationToken);
            await using var command = new NpgsqlCommand(sql.Text, connection);
            foreach (NpgsqlParameter parameter in parameters)
            {
                command.Parameters.Add(parameter);
            }

            JsonElement result = await new PostgresRows(login.Options).ReadAsync(command, cancellationToken);
            if (transaction is not null)
            {
                await transaction.CommitAsync(cancellationToken);
            }

            clean = true;
            return result;
        }
        finally
        {
            await LeaveAsync(connection, backend, clean);
        }
    }

    /// <summary>
    /// Our end of an idle session that is the last one of its execution here, and direct: its closing can be proven by the connection itself.
    /// Null where that cannot be told.
    /// </summary>
    public async Task<TcpEnd?> LastEndAsync(CancellationToken cancellationToken)
    {
        if (pooled is not null || _connection is not { State: System.Data.ConnectionState.Open } connection)
        {
            return null;
        }

        try
        {
            await using var command = new NpgsqlCommand(LastEndSql, connection) { Parameters = { new() { Value = login.Tag } } };
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken) || reader.IsDBNull(0) || reader.GetInt64(4) > 0)
            {
                return null;
            }

            TcpEnd end = TcpEnd.Of(
                new IPEndPoint(IPAddress.Parse(reader.GetString(0)), reader.GetInt32(1)),
                new IPEndPoint(IPAddress.Parse(reader.GetString(2)), reader.GetInt32(3)));
            return end.IsOurs() ? end : null;
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException or OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    /// <summary>
    /// Leaves nothing of this statement to the next one; a session that cannot be cleaned is closed. One that broke may still run its
    /// statement on the server (a script can trap the cancellation, and may have renamed itself), so its backend is ended.
    /// </summary>
    private async Task LeaveAsync(NpgsqlConnection connection, int backend, bool succeeded)
    {
        if (connection.State != System.Data.ConnectionState.Open)
        {
            await EndAsync(backend);
            return;
        }

        try
        {
            CompareTag(connection);
            await DiscardAsync(connection);
        }
        catch (NodeFailureException)
        {
            await DisposeAsync();
            throw;
        }
        catch (Exception error) when (error is NpgsqlException or OperationCanceledException or InvalidOperationException)
        {
            await EndAsync(backend);
            if (succeeded && error is PostgresException { SqlState: PostgresErrorCodes.ActiveSqlTransaction })
            {
                throw new NodeFailureException(
                    "SqlError",
                    "The statement left a transaction open, which was rolled back: each query is its own transaction.",
                    retryable: false);
            }
        }
    }

    /// <summary>A pooler makes process ids up; it ends the server's session itself when its client is gone in mid-statement.</summary>
    private async Task EndAsync(int backend)
    {
        await DisposeAsync();
        if (pooled is null)
        {
            await new PostgresRelease(login).EndBackendAsync(backend);
        }
    }

    private async Task DiscardAsync(NpgsqlConnection connection)
    {
        if (_lentForATransaction)
        {
            return; // It would meet a session that is not ours any more.
        }

        using var limit = new CancellationTokenSource(ResetTime);
        await using var discard = new NpgsqlCommand("DISCARD ALL", connection);
        await discard.ExecuteNonQueryAsync(limit.Token);
        await ApplyAsync(connection, limit.Token);
    }

    private Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        pooled is null || _lentForATransaction ? Task.CompletedTask : pooled.ApplyAsync(connection, local: false, cancellationToken);

    /// <summary>Of a transaction pooler: its session, for one transaction.</summary>
    private async Task<NpgsqlTransaction?> LendAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!_lentForATransaction)
        {
            return null;
        }

        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await pooled!.ApplyAsync(connection, local: true, cancellationToken);
        return transaction;
    }

    private void CompareTag(NpgsqlConnection connection)
    {
        if (connection.PostgresParameters.TryGetValue("application_name", out string? reported)
            && reported != login.Tag)
        {
            throw new NodeFailureException(
                "OwnerTagChanged",
                "The statement changed application_name, by which the release finds this session: the session was closed.",
                retryable: false);
        }
    }
}
