using System.Text.Json;

namespace Bulkhead.Api.Contract;

/// <summary>
/// Where an execution was interrupted and with which state. Bound to its tenant, user and document: another's, or one of an
/// edited document, is refused. Holds no secret, because state holds none.
/// </summary>
public sealed record Checkpoint
{
    public const int FormatVersion = 1;

    public int Version { get; init; } = FormatVersion;

    public required Guid ExecutionUid { get; init; }

    public required string TenantId { get; init; }

    public required string UserId { get; init; }

    /// <summary>SHA-256 of the document as the job carried it, 64 hex digits.</summary>
    public required string DocumentHash { get; init; }

    /// <summary>The node that interrupts.</summary>
    public required string Node { get; init; }

    /// <summary>Whether the node has run already.</summary>
    public required bool After { get; init; }

    public required JsonElement State { get; init; }
}
