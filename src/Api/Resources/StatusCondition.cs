namespace Bulkhead.Api.Resources;

/// <summary>One condition of a status (meta/v1 Condition).</summary>
public sealed record StatusCondition
{
    public required string Type { get; init; }

    /// <summary>True, False or Unknown.</summary>
    public required string Status { get; init; }

    public long? ObservedGeneration { get; init; }

    /// <summary>When <see cref="Status"/> last changed.</summary>
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>CamelCase.</summary>
    public required string Reason { get; init; }

    public string Message { get; init => field = value ?? string.Empty; } = string.Empty;
}
