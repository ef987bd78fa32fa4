using System.Text.Json.Serialization;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Server.Access;

namespace Bulkhead.Server.Executions;

/// <summary>What is kept of an execution in memory and in <c>record.json</c>. Immutable; no secret, no document, no state.</summary>
internal sealed record ExecutionRecord
{
    public required Guid Uid { get; init; }

    /// <summary>Counts submissions; decides the order in lists and in the line.</summary>
    public required long Number { get; init; }

    public required string TenantId { get; init; }

    public required string UserId { get; init; }

    public required string ThreadId { get; init; }

    public required string RunId { get; init; }

    /// <summary>Name of the workflow or of its manifest.</summary>
    public required string Name { get; init; }

    public ServedPhase Phase { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    /// <summary>Counted from 1; a resumed execution gets the next.</summary>
    public int Attempt { get; init; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public NodeCounts Nodes { get; init; } = new(0, 0, 0, 0);

    public IReadOnlyList<ConnectionResult> Connections { get; init => field = value ?? []; } = [];

    public IReadOnlyList<Problem> Problems { get; init => field = value ?? []; } = [];

    [JsonIgnore]
    public string Id => $"exec_{Uid:d}";

    [JsonIgnore]
    public Owner Owner => new(TenantId, UserId);

    [JsonIgnore]
    public bool IsFinished => Phase is ServedPhase.Succeeded or ServedPhase.Failed or ServedPhase.Cancelled;
}

/// <summary>Nodes of the document, and visits of them so far: a node in a loop is visited many times.</summary>
internal sealed record NodeCounts(int Total, int Done, int Failed, int Running);
