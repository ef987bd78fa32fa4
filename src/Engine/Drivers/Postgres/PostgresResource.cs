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
    /// <summary>How long release waits for statements that it has just cancelled.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(3);

    private readonly PostgresLogin _login;
    private readonly NpgsqlDataSource _source;
    private readonly Channel<PostgresSession> _idle = Channel.CreateUnbounded<PostgresSession>();
    private readonly CancellationTokenSource _released = new();
    private readonly Lazy<Task<ReleaseProof>> _release;
    private CancellationToken _releaseLimit;

    private PostgresResource(PostgresLogin login, NpgsqlDataSource source, IReadOnlyList<string> warnings)
    {
        _login = login;
        _source = source;
        Warnings = warnings;
        _release = new(CloseAndProveAsync);
    }

    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Takes over the data source; its first session is open when this returns.</summary>
    public static async Task<PostgresResource> OpenAsync(
        PostgresLogin login, NpgsqlDataSource source, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        var resource = new PostgresResource(login, source, warnings);
        for (int place = 0; place < login.Options.MaxSessions; place++)
        {
            var session = new PostgresSession(source, login.Tag, login.Options);
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

    public Task<ReleaseProof> ReleaseAsync(CancellationToken cancellationToken)
    {
        if (!_release.IsValueCreated)
        {
            _releaseLimit = cancellationToken;
        }

        return _release.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync(CancellationToken.None);
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

    /// <summary>Cancels what runs, waits for it a bounded time, closes every session, then asks the server.</summary>
    private async Task<ReleaseProof> CloseAndProveAsync()
    {
        await _released.CancelAsync();
        using var drain = CancellationTokenSource.CreateLinkedTokenSource(_releaseLimit);
        drain.CancelAfter(DrainTime);
        try
        {
            for (int place = 0; place < _login.Options.MaxSessions; place++)
            {
                PostgresSession session = await _idle.Reader.ReadAsync(drain.Token);
                await session.DisposeAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // A statement that does not stop: the release below ends its session on the server.
        }

        ReleaseProof proof = await new PostgresRelease(_login).EndAsync(PostgresRelease.Grace, _releaseLimit);
        await _source.DisposeAsync();
        return proof;
    }

    private static NodeFailureException Released() => new("SqlError", "The connection has been released: its execution has ended.", retryable: false);
}
