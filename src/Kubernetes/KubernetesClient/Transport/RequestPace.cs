namespace k8s;

/// <summary>
/// A token bucket: <paramref name="burst"/> requests at once, then <paramref name="qps"/> per second, first come first served.
/// </summary>
internal sealed class RequestPace(double qps, int burst, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _interval = (long)(time.TimestampFrequency / qps);
    private readonly long _start = time.GetTimestamp();

    /// <summary>When the bucket would be full again, in ticks since <see cref="_start"/>.</summary>
    private long _full;

    public Task WaitAsync(CancellationToken ct)
    {
        var wait = Take();
        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, time, ct);
    }

    private TimeSpan Take()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp() - _start;
            _full = Math.Max(_full, now) + _interval;
            var over = _full - now - (_interval * burst);
            return over <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)over / time.TimestampFrequency);
        }
    }
}
