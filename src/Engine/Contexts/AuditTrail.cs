using System.Text.Json;

namespace Bulkhead.Engine.Contexts;

/// <summary>Who ran what, when and on whose behalf: the facts of one context at the moment of asking.</summary>
public sealed record AuditTrail
{
    /// <summary>The first 8 characters each of <c>user:thread:run:request</c>.</summary>
    public required string CorrelationId { get; init; }

    public required string ExecutionId { get; init; }

    public required string TenantId { get; init; }

    public required string UserId { get; init; }

    public required string ThreadId { get; init; }

    public required string RunId { get; init; }

    public required string RequestId { get; init; }

    public required string? ParentRequestId { get; init; }

    public required int OperationDepth { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required double AgeSeconds { get; init; }

    /// <summary>A copy of the context's audit metadata.</summary>
    public required JsonElement AuditMetadata { get; init; }
}
