using System.Net.Sockets;
using Npgsql;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>Turns what Npgsql throws into a node's failure: the server's own words and its SQLSTATE, never DETAIL (it quotes rows).</summary>
internal static class PostgresErrors
{
    /// <summary>Classes of SQLSTATE after which the same statement may succeed: connection, resources, intervention, rollback.</summary>
    private static readonly string[] PassingClasses = ["08", "53", "57", "40", "55"];

    public static NodeFailureException Describe(Exception error, string doing) => error switch
    {
        NodeFailureException failure => failure,
        PostgresException server => new NodeFailureException(
            "SqlError", $"{doing}: {server.MessageText} (SQLSTATE {server.SqlState})", IsPassing(server), server),
        NpgsqlException { InnerException: TimeoutException } => new NodeFailureException(
            "SqlError", $"{doing}: the server did not answer in time.", inner: error),
        NpgsqlException { InnerException: { } inner } => new NodeFailureException(
            "SqlError", $"{doing}: {error.Message}: {inner.Message}", inner: error),
        NpgsqlException or SocketException or IOException or TimeoutException => new NodeFailureException(
            "SqlError", $"{doing}: {error.Message}", inner: error),
        NotSupportedException => new NodeFailureException(
            "SqlError", $"{doing}: COPY from or to the client is not supported.", retryable: false, error),
        _ => new NodeFailureException("SqlError", $"{doing}: {error.Message}", retryable: false, error),
    };

    private static bool IsPassing(PostgresException error) =>
        error.SqlState is not ("08P01" or "57014") && PassingClasses.Contains(error.SqlState[..2]);
}
