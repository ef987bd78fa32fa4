namespace Bulkhead.Api.Resources;

/// <summary>Status of a Connection: condition Ready.</summary>
public sealed record ConnectionStatus
{
    public long? ObservedGeneration { get; init; }

    public IReadOnlyList<StatusCondition>? Conditions { get; init; }

    /// <summary>What works but not as well as it could, such as a server-side time-out that the server refuses.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>When the sessions of the connection were last counted; only with <see cref="ConnectionSpec.Audit"/>.</summary>
    public DateTimeOffset? AuditedAt { get; init; }

    /// <summary>Sessions that the last audit found whose owner tag belongs to no living execution.</summary>
    public int? OrphanedSessions { get; init; }
}
