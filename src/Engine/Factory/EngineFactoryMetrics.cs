namespace Bulkhead.Engine.Factory;

/// <summary>A factory's counts at the moment of asking.</summary>
public sealed record EngineFactoryMetrics
{
    public required long TotalEnginesCreated { get; init; }

    public required long TotalEnginesCleaned { get; init; }

    public required long ActiveEnginesCount { get; init; }

    /// <summary>Invalid contexts and failed preparations.</summary>
    public required long CreationErrors { get; init; }

    /// <summary>Engines of which something did not end as it should.</summary>
    public required long CleanupErrors { get; init; }

    /// <summary>Engines that were cleaned up because of their age.</summary>
    public required long TimeoutCleanups { get; init; }

    public required long UserLimitRejections { get; init; }

    /// <summary>Creations refused while the breaker was open.</summary>
    public required long BreakerRejections { get; init; }
}
