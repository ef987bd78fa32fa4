using System.Text.Json;

namespace Bulkhead.Api.Resources;

/// <summary>What the operator knows of an execution; at most 32 KiB whatever the graph.</summary>
public sealed record WorkflowExecutionStatus
{
    public long? ObservedGeneration { get; init; }

    /// <summary>SHA-256 of the immutable part of the spec at first admission.</summary>
    public string? SpecHash { get; init; }

    /// <summary>SHA-256 of the job's ConfigMap, as 64 hex digits: what has its name and another hash is not its job.</summary>
    public string? JobHash { get; init; }

    /// <summary>One word for printers; conditions decide.</summary>
    public string? Phase { get; init; }

    /// <summary><c>exec_&lt;uid&gt;</c>.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>Tenant that owns the namespace, as it was at admission.</summary>
    public string? TenantId { get; init; }

    public int? Attempt { get; init; }

    /// <summary>Worker pods that never started and were replaced; they do not count against maxAttempts.</summary>
    public int? Replaced { get; init; }

    /// <summary>The first attempt of the run that this status tells of; missing means 1.</summary>
    public int? FirstAttempt { get; init; }

    /// <summary>The rerunToken that this run began with; empty where there was none.</summary>
    public string? RerunToken { get; init; }

    /// <summary>How the runs before this one ended, at most 5, the last one first.</summary>
    public IReadOnlyList<PastRun>? PastRuns { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? CompletionTime { get; init; }

    public NodesStatus? Nodes { get; init; }

    /// <summary>Outputs, cut to 8 KiB.</summary>
    public JsonElement? Outputs { get; init; }

    public IReadOnlyList<ConnectionUse>? Connections { get; init; }

    public IReadOnlyList<StatusCondition>? Conditions { get; init; }
}

/// <summary>The end of a run that another one followed, because the rerunToken was changed.</summary>
public sealed record PastRun
{
    /// <summary>Its last attempt; 0 where there was none.</summary>
    public int Attempt { get; init; }

    /// <summary>Succeeded, Failed or Cancelled.</summary>
    public required string Phase { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? CompletionTime { get; init; }
}

/// <summary>Counts of nodes, and the rows of at most 100 of them, failed ones first.</summary>
public sealed record NodesStatus
{
    public int Total { get; init; }

    public int Done { get; init; }

    public int Failed { get; init; }

    public IReadOnlyList<NodeRow>? Rows { get; init; }
}

/// <summary>One node of an execution.</summary>
public sealed record NodeRow
{
    public required string Name { get; init; }

    /// <summary>Succeeded, Failed, Skipped or Cancelled.</summary>
    public required string Status { get; init; }

    public string? Branch { get; init; }

    public double? DurationMs { get; init; }

    public string? Error { get; init; }

    public string? ErrorType { get; init; }
}

/// <summary>One connection of an execution.</summary>
public sealed record ConnectionUse
{
    public required string Name { get; init; }

    /// <summary>The driver's category: <c>database</c>.</summary>
    public string? Type { get; init; }

    public string? Key { get; init; }

    public string? Handle { get; init; }

    /// <summary>NotOpened, Open, Released, Orphaned or Unknown.</summary>
    public required string State { get; init; }

    public string? Message { get; init; }
}
