using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Npgsql;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>The <c>config</c> of a postgres connection. Defaults stand here and nowhere else.</summary>
internal sealed record PostgresOptions
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public required string Host { get; init; }

    public int Port { get; init; } = 5432;

    public required string Database { get; init; }

    public SslMode SslMode { get; init; } = SslMode.Prefer;

    /// <summary>Server sessions that this resource may hold at once.</summary>
    public int MaxSessions { get; init; } = 1;

    /// <summary>Rows that one query may return.</summary>
    public int MaxRows { get; init; } = 10_000;

    /// <summary>Bytes of JSON that one query may return.</summary>
    public int MaxBytes { get; init; } = 16 << 20;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest run of one statement; zero: only the execution's own time bounds it.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>The server ends a session that sent nothing for so long. A living worker sends a sign of life three times as often.</summary>
    public TimeSpan IdleSessionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan IdleInTransactionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the server looks, in the middle of a statement, whether its client is still there.</summary>
    public TimeSpan ClientCheckInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>False leaves every server-side time-out at the server's own value, to show that release does not lean on them.</summary>
    public bool ServerExpiry { get; init; } = true;

    /// <summary>What stands at <see cref="Host"/>: none (the server itself), session or transaction (a pooler that lends its own sessions).</summary>
    public string Pooling { get; init; } = "none";

    public bool IsPooled => Pooling != "none";

    /// <summary>Where sessions are looked for and ended, when a pooler stands at <see cref="Host"/>.</summary>
    public (string Host, int Port)? ReleaseEndpoint { get; init; }

    public static PostgresOptions Read(ConnectionDefinition connection, out IReadOnlyList<Problem> problems)
    {
        var config = new ConfigReader(connection);
        var options = new PostgresOptions
        {
            Host = config.Text("host", required: true),
            Port = (int)config.Integer("port", 5432, 1, 65535),
            Database = config.Text("database", required: true),
            SslMode = config.Choice("sslMode", SslMode.Prefer),
            MaxSessions = (int)config.Integer("maxSessions", 1, 1, 64),
            MaxRows = (int)config.Integer("maxRows", 10_000, 1, 1_000_000),
            MaxBytes = (int)config.Integer("maxBytes", 16 << 20, 1024, 256 << 20),
            ConnectTimeout = config.Duration("connectTimeout", TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5)),
            StatementTimeout = config.Duration("statementTimeout", TimeSpan.Zero, Day),
            IdleSessionTimeout = config.Duration("idleSessionTimeout", TimeSpan.FromSeconds(60), Day),
            IdleInTransactionTimeout = config.Duration("idleInTransactionTimeout", TimeSpan.FromSeconds(30), Day),
            ClientCheckInterval = config.Duration("clientCheckInterval", TimeSpan.FromSeconds(2), Day),
            ServerExpiry = config.Flag("serverExpiry", true),
            Pooling = connection.Pooling,
            ReleaseEndpoint = ReadEndpoint(connection, config),
        };
        _ = config.Raw("cidrs"); // For the cluster's network policy, not for us.
        CheckPooling(connection, options, config);
        if (options.Host.Contains(',', StringComparison.Ordinal))
        {
            config.Fault("host", "INVALID_VALUE", "The field 'host' names one server: only there can the release be proven.");
        }

        problems = config.Finish();
        return options;
    }

    private static (string Host, int Port)? ReadEndpoint(ConnectionDefinition connection, ConfigReader config)
    {
        if (connection.Release is not { ValueKind: JsonValueKind.Object } release
            || !release.TryGetProperty("endpoint", out JsonElement endpoint)
            || endpoint.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string text = endpoint.ValueKind == JsonValueKind.String ? endpoint.GetString()! : "";
        int colon = text.LastIndexOf(':');
        if (colon > 0 && int.TryParse(text[(colon + 1)..], out int port) && port is > 0 and < 65536)
        {
            return (text[..colon], port);
        }

        config.Fault("release.endpoint", "INVALID_VALUE", "The release endpoint must be host:port of the PostgreSQL server itself.");
        return null;
    }

    private static void CheckPooling(ConnectionDefinition connection, PostgresOptions options, ConfigReader config)
    {
        if (connection.Pooling == "transaction" && options.ReleaseEndpoint is null)
        {
            config.Fault(
                "pooling",
                "POOLING_NEEDS_ENDPOINT",
                "A transaction pooler makes owner tags meaningless: name the PostgreSQL server itself in release.endpoint (host:port).");
        }
    }
}
