using System.Text.Json;
using Bulkhead.Api.Problems;

namespace Bulkhead.Api.Contract;

/// <summary>How an execution ended: the shape of <c>--output json</c> and of the worker's last line.</summary>
public sealed record ExecutionResult
{
    public required ExecutionPhase Phase { get; init; }

    /// <summary>CamelCase reason where the phase alone does not say it: <c>NodeFailed</c>, <c>TimedOut</c>, <c>WorkerDied</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>One sentence for a person.</summary>
    public string? Message { get; init; }

    public string? ExecutionId { get; init; }

    public string? TenantId { get; init; }

    public int Attempt { get; init; } = 1;

    /// <summary>The final state.</summary>
    public JsonElement? State { get; init; }

    public IReadOnlyList<NodeResult> Nodes { get; init => field = value ?? []; } = [];

    public IReadOnlyList<ConnectionResult> Connections { get; init => field = value ?? []; } = [];

    public IReadOnlyList<Problem> Problems { get; init => field = value ?? []; } = [];

    /// <summary>What the execution has used; null where it used nothing.</summary>
    public NodeUsage? Usage { get; init; }

    /// <summary>Only with phase Suspended: what <c>--resume</c> takes.</summary>
    public Checkpoint? Checkpoint { get; init; }

    public double DurationMs { get; init; }
}
