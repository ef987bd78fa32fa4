namespace Bulkhead.Engine.Scheduling;

/// <summary>The cycle guard: counts node visits over all branches of one execution.</summary>
internal sealed class Visits(int limit)
{
    private int _count;

    public int Limit => limit;

    /// <summary>False when one more visit would exceed the limit.</summary>
    public bool TryAdd() => Interlocked.Increment(ref _count) <= limit;
}
