using System.Diagnostics;

namespace Bulkhead.Lua;

/// <summary>
/// A time limit shared by the successive runs of one branch. It starts at the first instruction run under it. Waiting for host calls
/// counts, waiting for a worker thread does not.
/// </summary>
/// <param name="limit">From the first instruction on.</param>
/// <param name="outer">A limit around it (such as a whole parallel section's), which may be shared by many branches and is never prolonged.</param>
public sealed class LuaDeadline(TimeSpan limit, LuaDeadline? outer = null)
{
    private const long NotStarted = long.MaxValue;

    /// <summary>What a timer takes: some 49 days. Less would end a branch before the longest time that a document may give it, 30 days.</summary>
    private const double MaxSeconds = (uint.MaxValue - 1) / 1000d;

    private readonly long _limit = ToTicks(limit);
    private long _expiry = NotStarted;

    /// <summary>True once the limit or an outer one is over.</summary>
    public bool HasPassed => Stopwatch.GetTimestamp() >= Expiry;

    /// <summary>The limit as it was given.</summary>
    public TimeSpan Limit { get; } = limit;

    /// <summary>Starts it now, unless it has started. A run does this itself.</summary>
    /// <returns>What is left of it and of those around it; never negative.</returns>
    public TimeSpan Start()
    {
        outer?.Start();
        Interlocked.CompareExchange(ref _expiry, AddSaturated(Stopwatch.GetTimestamp(), _limit), NotStarted);
        var left = Expiry - Stopwatch.GetTimestamp();
        return TimeSpan.FromSeconds(Math.Clamp((double)left / Stopwatch.Frequency, 0, MaxSeconds));
    }

    /// <summary>In Stopwatch ticks; long.MaxValue when there is none yet.</summary>
    internal long Expiry => Math.Min(Volatile.Read(ref _expiry), outer?.Expiry ?? long.MaxValue);

    /// <summary>Prolongs it by time spent waiting for a thread.</summary>
    internal void Exclude(long ticks)
    {
        var expiry = Volatile.Read(ref _expiry);
        if (expiry != NotStarted)
            Volatile.Write(ref _expiry, AddSaturated(expiry, ticks));
    }

    internal static long ToTicks(TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan ? long.MaxValue : (long)Math.Min(span.TotalSeconds * Stopwatch.Frequency, long.MaxValue / 4d);

    internal static long AddSaturated(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;
}
