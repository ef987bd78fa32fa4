using System.Text.Json;
using System.Threading.Channels;
using Npgsql;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// The sessions of one execution on one database. Users queue first in, first out, each with its own cancellation, which also cancels
/// the running statement on the server (bounded, then the session is closed).
/// </summary>
internal sealed class PostgresResource : IResource, IAsyncDisposable
{
    /// <summary>How long closing waits for statements that it has just cancelled: 2 s for the cancellation, 3 s to end the backend.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(6);

    /// <summary>How long closing waits for the server to end its side.</summary>
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(1);

    private readonly PostgresLogin _login;
    private readonly NpgsqlDataSource _source;
    private readonly Channel<PostgresSession> _idle = Channel.CreateUnbounded<PostgresSession>();
    private readonly CancellationTokenSource _released = new();
    private int _closed;
    private bool _provenClosed;

    private PostgresResource(PostgresLogin login, NpgsqlDataSource source, IReadOnlyList<string> warnings)
    {
        _login = login;
        _source = source;
        Warnings = warnings;
    }

    public IReadOnlyList<string> Warnings { get; }

    /// <summary>One database, asked by one role: the look counts every session of the execution there.</summary>
    public string ProofScope => $"{_login.Options.ReleaseEndpoint}|{_login.Options.Host}:{_login.Options.Port}/{_login.Options.Database}/{_login.User}";

    /// <summary>Takes over the data source; its first session is open when this returns.</summary>
    public static async Task<PostgresResource> OpenAsync(
        PostgresLogin login, NpgsqlDataSource source, PooledSettings? pooled, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        var resource = new PostgresResource(login, source, warnings);
        for (int place = 0; place < login.Options.MaxSessions; place++)
        {
            var session = new PostgresSession(source, login, pooled);
            if (place == 0)
            {
                await session.OpenAsync(cancellationToken);
            }

            resource._idle.Writer.TryWrite(session);
        }

        return resource;
    }

    public Task CheckAsync(CancellationToken cancellationToken) =>
        RunAsync(new SqlText("select 1", []), [], "The check failed", cancellationToken);

    public async Task<JsonElement> CallAsync(string operation, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (operation != "query")
        {
            throw new NodeFailureException("ActionError", $"A postgres connection has no operation '{operation}', only query.", retryable: false);
        }

        if (arguments.ValueKind != JsonValueKind.Object
            || !arguments.TryGetProperty("sql", out JsonElement sql)
            || sql.ValueKind != JsonValueKind.String)
        {
            throw new NodeFailureException("SqlError", "A query needs the text 'sql'.", retryable: false);
        }

        JsonElement parameters = arguments.TryGetProperty("parameters", out JsonElement given) ? given : default;
        (SqlText text, IReadOnlyList<NpgsqlParameter> values) = PostgresParameters.Bind(sql.GetString()!, parameters);
        return await RunAsync(text, values, "The query failed", cancellationToken);
    }

    public async Task CloseAsync(bool last, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1)
        {
            return;
        }

        await _released.CancelAsync();
        using var drain = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        drain.CancelAfter(DrainTime);
        TcpEnd? end = null;
        try
        {
            for (int place = 0; place < _login.Options.MaxSessions; place++)
            {
                PostgresSession session = await _idle.Reader.ReadAsync(drain.Token);
                end = last ? await session.LastEndAsync(drain.Token) ?? end : null;
                await session.DisposeAsync();
            }
        }
        catch (OperationCanceledException)
        {
            end = null; // A statement that does not stop: the proof ends its session on the server.
        }

        await _source.DisposeAsync();
        _provenClosed = end is not null && await end.IsClosedByServerAsync(CloseTime, cancellationToken);
    }

    /// <summary>The server's own end of the connection, where it can be seen; else a look from another session.</summary>
    public Task<ReleaseProof> ProveAsync(CancellationToken cancellationToken) => _provenClosed
        ? Task.FromResult(new ReleaseProof(true))
        : new PostgresRelease(_login).EndAsync(PostgresRelease.Grace, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(last: true, CancellationToken.None);
        _released.Dispose();
    }

    private async Task<JsonElement> RunAsync(
        SqlText text, IReadOnlyList<NpgsqlParameter> values, string doing, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = Either(cancellationToken);
        PostgresSession? session = null;
        try
        {
            session = await _idle.Reader.ReadAsync(either.Token);
            return await session.RunAsync(text, values, either.Token);
        }
        catch (Exception) when (_released.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Released();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresErrors.Describe(error, doing);
        }
        finally
        {
            if (session is not null)
            {
                _idle.Writer.TryWrite(session);
            }
        }
    }

    private CancellationTokenSource Either(CancellationToken cancellationToken)
    {
        return _released.IsCancellationRequested
            ? throw Released()
            : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _released.Token);
    }

    private static NodeFailureException Released() => new("SqlError", "The connection has been released: its execution has ended.", retryable: false);
}
