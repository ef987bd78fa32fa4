namespace Bulkhead.Cli.Cluster;

/// <summary>A time span in two words at most: 850ms, 12s, 3m4s, 2h5m, 3d4h.</summary>
internal static class Elapsed
{
    public static string Text(TimeSpan time) => time switch
    {
        { Ticks: < 0 } => "0s",
        { TotalMilliseconds: < 10 } => $"{time.TotalMilliseconds:0.#}ms",
        { TotalSeconds: < 1 } => $"{time.TotalMilliseconds:0}ms",
        { TotalSeconds: < 10 } => $"{time.TotalSeconds:0.#}s",
        { TotalMinutes: < 1 } => $"{time.TotalSeconds:0}s",
        { TotalHours: < 1 } => Two(time.Minutes, "m", time.Seconds, "s"),
        { TotalDays: < 1 } => Two(time.Hours, "h", time.Minutes, "m"),
        _ => Two(time.Days, "d", time.Hours, "h"),
    };

    /// <summary>How long ago; "-" where nobody has said when.</summary>
    public static string Since(DateTimeOffset? then, DateTimeOffset now) => then is { } t ? Text(now - t) : "-";

    /// <summary>Times of the API are in UTC.</summary>
    public static DateTimeOffset? Utc(DateTime? time) => time is { } t ? new DateTimeOffset(DateTime.SpecifyKind(t, DateTimeKind.Utc)) : null;

    private static string Two(int large, string unit, int small, string smallUnit) => small == 0 ? $"{large}{unit}" : $"{large}{unit}{small}{smallUnit}";
}
