namespace Bulkhead.Api.Resources;

/// <summary>How long an execution may wait and run.</summary>
public sealed record ExecutionTimeouts
{
    /// <summary>From creation to admission. Default: no limit.</summary>
    [Duration]
    public string? Queue { get; init; }

    /// <summary>From the start of the worker to the end of the last node. Default: no limit.</summary>
    [Duration]
    public string? Active { get; init; }
}
