namespace Bulkhead.Running;

/// <summary>Reasons that only the starter of a worker can give.</summary>
public static class Reasons
{
    /// <summary>The worker was killed or crashed; its connections were released by owner tag.</summary>
    public const string WorkerDied = nameof(WorkerDied);

    /// <summary>The worker could not be started, or said nothing.</summary>
    public const string NoResult = nameof(NoResult);

    /// <summary>The worker reported a fault of its own.</summary>
    public const string InternalError = nameof(InternalError);
}
