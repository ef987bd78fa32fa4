namespace KubeOps.Operator;

/// <summary>One controller with its watch, store, queue and workers.</summary>
internal interface IPipeline
{
    /// <summary>Name of the entity's type.</summary>
    string Entity { get; }

    /// <summary>How long ago the server was heard; zero while nothing is watched.</summary>
    TimeSpan Silence { get; }

    /// <summary>Whether what is watched has been listed in whole since this instance took the lead.</summary>
    bool IsListed { get; }

    /// <summary>Works until it is cancelled, and returns when the last reconcile has ended.</summary>
    Task RunAsync(CancellationToken ct);
}
