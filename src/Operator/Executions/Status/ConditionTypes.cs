namespace Bulkhead.Operator.Executions.Status;

/// <summary>Types of an execution's conditions.</summary>
internal static class ConditionTypes
{
    /// <summary>True once the job is fixed; False says what it waits for.</summary>
    public const string Admitted = nameof(Admitted);

    /// <summary>True while the worker runs; False says why not.</summary>
    public const string PodReady = nameof(PodReady);

    /// <summary>Unknown until it is finished.</summary>
    public const string Succeeded = nameof(Succeeded);

    /// <summary>True when every connection of every attempt so far is proven closed.</summary>
    public const string ConnectionsReleased = nameof(ConnectionsReleased);

    /// <summary>kstatus: work goes on.</summary>
    public const string Reconciling = nameof(Reconciling);

    /// <summary>kstatus: it failed, or cannot go on without a person.</summary>
    public const string Stalled = nameof(Stalled);

    /// <summary>True: an immutable field was edited after admission; the job that was admitted stays.</summary>
    public const string SpecDrift = nameof(SpecDrift);
}
