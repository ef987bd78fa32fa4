namespace KubeOps.Operator;

/// <summary>Times of the runtime that the published settings do not name. Tests shorten them.</summary>
internal sealed record RuntimeOptions
{
    /// <summary>A watch is ended by the server after this much, plus up to as much again at random. Default 5 min.</summary>
    public TimeSpan WatchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a watch may be silent beyond its time before it counts as dead. Default 20 s.</summary>
    public TimeSpan WatchGrace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Every known object is reconciled again after this much, even without a change. Default 10 min.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest pause between tries to reach the server. Default 10 s.</summary>
    public TimeSpan MaxReconnectPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest pause between reconciles of an object that fails. Default 5 min.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Without contact to the server for so long, a watch counts as stale and the process as ill. Default 15 min.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>False only in the mutant that the random test must catch: after 410 it watches on from now instead of listing.</summary>
    public bool Relist { get; init; } = true;
}
