namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// The session settings that travel in the start-up packet: text formats that <see cref="PostgresValues"/> reads, and the time-outs by
/// which the server ends a session whose worker is dead. DISCARD ALL returns to these values, so no query can shed them for the next one.
/// </summary>
internal static class ServerSettings
{
    public static IReadOnlyList<KeyValuePair<string, string>> For(PostgresOptions options, TimeSpan? timeLeft)
    {
        List<KeyValuePair<string, string>> settings =
        [
            new("DateStyle", "ISO"),
            new("IntervalStyle", "iso_8601"),
            new("TimeZone", "UTC"),
            new("bytea_output", "hex"),
            new("standard_conforming_strings", "on"),
        ];
        if (StatementTimeout(options, timeLeft) is { } statement)
        {
            settings.Add(new("statement_timeout", Milliseconds(statement)));
        }

        if (options.ServerExpiry)
        {
            settings.Add(new("client_connection_check_interval", Milliseconds(options.ClientCheckInterval)));
            settings.Add(new("tcp_keepalives_idle", "10"));
            settings.Add(new("tcp_keepalives_interval", "5"));
            settings.Add(new("tcp_keepalives_count", "3"));
            settings.Add(new("tcp_user_timeout", "20000"));
            settings.Add(new("idle_session_timeout", Milliseconds(options.IdleSessionTimeout)));
            settings.Add(new("idle_in_transaction_session_timeout", Milliseconds(options.IdleInTransactionTimeout)));
        }

        return settings;
    }

    /// <summary>The value of the start-up packet's <c>options</c>. No value of ours holds a blank or a backslash.</summary>
    public static string Format(IEnumerable<KeyValuePair<string, string>> settings) =>
        string.Join(' ', settings.Select(s => $"-c {s.Key}={s.Value}"));

    private static TimeSpan? StatementTimeout(PostgresOptions options, TimeSpan? timeLeft)
    {
        TimeSpan? configured = options.StatementTimeout > TimeSpan.Zero ? options.StatementTimeout : null;
        TimeSpan? rest = options.ServerExpiry && timeLeft is { } left ? left : null;
        return (configured, rest) switch
        {
            ({ } c, { } r) => c < r ? c : r,
            _ => configured ?? rest,
        };
    }

    private static string Milliseconds(TimeSpan time) =>
        time <= TimeSpan.Zero ? "0" : ((long)Math.Clamp(time.TotalMilliseconds, 1, int.MaxValue)).ToString();
}
