namespace Bulkhead.Load;

/// <summary>Times of equal work.</summary>
internal sealed class Sample(IEnumerable<TimeSpan> times)
{
    private readonly TimeSpan[] _sorted = [.. times.Order()];

    public TimeSpan Median => At(0.5);

    public TimeSpan NinetyFifth => At(0.95);

    public TimeSpan Worst => _sorted[^1];

    private TimeSpan At(double share) => _sorted[Math.Min(_sorted.Length - 1, (int)(_sorted.Length * share))];
}
