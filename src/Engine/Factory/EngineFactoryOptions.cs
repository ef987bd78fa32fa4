using Bulkhead.Engine.Events;

namespace Bulkhead.Engine.Factory;

/// <summary>Limits of an <see cref="ExecutionEngineFactory"/>.</summary>
public sealed record EngineFactoryOptions
{
    /// <summary>Engines of one user at a time. Default 2.</summary>
    public int MaxEnginesPerUser { get; init; } = 2;

    /// <summary>Age at which an engine that runs nothing is cleaned up. A running one is left to its job's own time limit. Default 300 s.</summary>
    public TimeSpan EngineLifetime { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Pause between two looks for such engines. Default 60 s.</summary>
    public TimeSpan CleanupInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time for one engine's cancelled run to end. Default 5 s.</summary>
    public TimeSpan CleanupTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for all engines at shutdown. Default 10 s.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Failed creations within <see cref="BreakerSampling"/>, with no more successes than them, that open the breaker. Default 5.</summary>
    public int BreakerFailures { get; init; } = 5;

    /// <summary>Default 60 s.</summary>
    public TimeSpan BreakerSampling { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time that the breaker stays open before one creation is tried. Default 30 s.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(30);

    public UserEventOptions Events { get; init; } = new();

    /// <summary>All faults, one sentence each.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (MaxEnginesPerUser < 1) faults.Add($"MaxEnginesPerUser must be at least 1, not {MaxEnginesPerUser}.");
        if (BreakerFailures < 2) faults.Add($"BreakerFailures must be at least 2, not {BreakerFailures}.");
        if (Events.QueueCapacity < 1) faults.Add($"Events.QueueCapacity must be at least 1, not {Events.QueueCapacity}.");
        if (Events.Retries is < 0 or > 10) faults.Add($"Events.Retries must be 0 to 10, not {Events.Retries}.");
        (string Name, TimeSpan Value)[] times =
        [
            (nameof(EngineLifetime), EngineLifetime), (nameof(CleanupInterval), CleanupInterval), (nameof(CleanupTimeout), CleanupTimeout),
            (nameof(ShutdownTimeout), ShutdownTimeout), (nameof(BreakerSampling), BreakerSampling), (nameof(BreakerPause), BreakerPause),
        ];
        faults.AddRange(times.Where(time => time.Value < TimeSpan.FromMilliseconds(500) || time.Value > TimeSpan.FromHours(24))
            .Select(time => $"{time.Name} must be between 500 ms and 24 h, not {time.Value}."));
        return faults;
    }
}
