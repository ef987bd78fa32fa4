using System.Text.Json;
using Npgsql;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// One place for a server session: opened at first use, opened again after the server lost it. One statement at a time; after each one
/// the owner tag is compared and everything that the statement set is discarded (DISCARD ALL returns to the start-up settings).
/// </summary>
internal sealed class PostgresSession(NpgsqlDataSource source, string tag, PostgresOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan ResetTime = TimeSpan.FromSeconds(5);
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
        bool clean = false;
        try
        {
            await using var command = new NpgsqlCommand(sql.Text, connection);
            foreach (NpgsqlParameter parameter in parameters)
            {
                command.Parameters.Add(parameter);
            }

            JsonElement result = await new PostgresRows(options).ReadAsync(command, cancellationToken);
            clean = true;
            return result;
        }
        finally
        {
            await LeaveAsync(connection, clean);
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

    /// <summary>Leaves nothing of this statement to the next one; a session that cannot be cleaned is closed.</summary>
    private async Task LeaveAsync(NpgsqlConnection connection, bool succeeded)
    {
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
            await DisposeAsync();
            if (succeeded && error is PostgresException { SqlState: PostgresErrorCodes.ActiveSqlTransaction })
            {
                throw new NodeFailureException(
                    "SqlError",
                    "The statement left a transaction open, which was rolled back: each query is its own transaction.",
                    retryable: false);
            }
        }
    }

    private static async Task DiscardAsync(NpgsqlConnection connection)
    {
        using var limit = new CancellationTokenSource(ResetTime);
        await using var discard = new NpgsqlCommand("DISCARD ALL", connection);
        await discard.ExecuteNonQueryAsync(limit.Token);
    }

    private void CompareTag(NpgsqlConnection connection)
    {
        if (connection.State == System.Data.ConnectionState.Open
            && connection.PostgresParameters.TryGetValue("application_name", out string? reported)
            && reported != tag)
        {
            throw new NodeFailureException(
                "OwnerTagChanged",
                "The statement changed application_name, by which the release finds this session: the session was closed.",
                retryable: false);
        }
    }
}
