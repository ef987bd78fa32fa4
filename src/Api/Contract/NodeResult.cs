using System.Text.Json.Serialization;

namespace Bulkhead.Api.Contract;

/// <summary>One visit of a node.</summary>
public sealed record NodeResult
{
    public required string Name { get; init; }

    public required NodeStatus Status { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public double DurationMs { get; init; }

    /// <summary>Name of the branch, or null outside parallel sections.</summary>
    public string? Branch { get; init; }

    public string? Error { get; init; }

    /// <summary>LuaError, TimeoutError, HttpError, SqlError, ActionError, COST_ERROR or Cancelled.</summary>
    public string? ErrorType { get; init; }

    public int RetryCount { get; init; }

    /// <summary>All tries together; null where it used nothing. A loop's body and a section's branches have entries of their own.</summary>
    public NodeUsage? Usage { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<NodeStatus>))]
public enum NodeStatus
{
    Succeeded,
    Failed,
    Skipped,
    Cancelled,
}
