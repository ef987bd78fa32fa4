using System.Diagnostics;

namespace Bulkhead.Lua.Native;

/// <summary>
/// How many instructions lie between two looks of the <see cref="StopHook"/>: fewer where single instructions take long, after a slow
/// interval and near the memory limit, where each new object may cost a full collection. Otherwise a thousand calls of string.rep could
/// outlast the deadline by seconds.
/// <para>
/// A change visits every running call of the script (milliseconds, deep in a recursion). What it took is no part of the script's own
/// interval, and the count rises only after the script has run for <see cref="Rest"/> times as long: so changes are a small part of the time.
/// </para>
/// </summary>
internal struct HookPace
{
    /// <summary>Instructions between two looks at the clock, where nothing is slow.</summary>
    internal const int Most = 1000;

    private const int Rest = 16;

    private static readonly long SlowInterval = Stopwatch.Frequency / 200;

    private long _lookedAt;
    private long _changedAt;
    private long _changeTook;

    /// <summary>The next interval begins now (<see cref="Stopwatch"/> ticks, as all times here).</summary>
    internal void Begin(long now) => _lookedAt = now;

    /// <summary>The count from now on, after an interval of <paramref name="count"/> instructions.</summary>
    internal int Next(long now, int count, long used, long limit)
    {
        var isSlow = now - _lookedAt > SlowInterval;
        _lookedAt = now;
        var most = used > limit / 4 * 3 ? 16 : used > limit / 2 ? 128 : Most;
        if (isSlow)
            return Math.Max(1, Math.Min(most, count / 8));
        var mayRise = now - _changedAt >= Rest * _changeTook;
        return Math.Min(most, mayRise ? count * 2 : count);
    }

    internal void Changed(long from, long to)
    {
        _lookedAt = _changedAt = to;
        _changeTook = to - from;
    }
}
