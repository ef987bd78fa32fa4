namespace Bulkhead.Kubernetes.Tests.Operator;

/// <summary>A clock with one timer, which moves to that timer's time when it is told to.</summary>
internal sealed class TimerTime : TimeProvider, ITimer
{
    private TimeSpan _now;
    private TimeSpan _due;
    private Action _ring = () => { };

    /// <summary>The longest that the timer was asked for.</summary>
    public TimeSpan Longest { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _ring = () => callback(state);
        return this;
    }

    /// <summary>Until the timer rings.</summary>
    public void Sleep()
    {
        _now += _due;
        _ring();
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _due = dueTime;
        Longest = dueTime > Longest ? dueTime : Longest;
        return true;
    }

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
