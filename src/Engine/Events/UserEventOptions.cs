namespace Bulkhead.Engine.Events;

/// <summary>How patiently events are delivered.</summary>
public sealed record UserEventOptions
{
    /// <summary>Events of a run that may wait; newer ones are dropped and counted. Default 1000.</summary>
    public int QueueCapacity { get; init; } = 1000;

    /// <summary>Further attempts after the first has failed. Default 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Pause before the first retry; doubles with each. Default 50 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Time of one attempt. Default 2 s.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time for what still waits when the run is over; the rest is dropped and counted. Default 500 ms.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromMilliseconds(500);
}
