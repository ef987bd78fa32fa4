using System.ComponentModel.DataAnnotations;

namespace Bulkhead.Api.Resources;

/// <summary>How the connections of an execution are released.</summary>
public sealed record ExecutionRelease
{
    /// <summary>Time that the worker has to close its connections itself. Default 30s.</summary>
    [Duration]
    public string? Graceful { get; init; }

    /// <summary>Time after which <see cref="OnTimeout"/> decides. Default 10m.</summary>
    [Duration]
    public string? Deadline { get; init; }

    /// <summary>Block (keep the finalizer, the default) or Orphan (give up, and say so in an event).</summary>
    [AllowedValues("Block", "Orphan", null)]
    public string? OnTimeout { get; init; }
}
