using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Engine.Redaction;
using Bulkhead.Server.Executions;

namespace Bulkhead.Server.Http;

/// <summary>An execution as the API shows it to its owner, in snake_case.</summary>
internal sealed record ExecutionView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string TenantId { get; init; }

    public required string UserId { get; init; }

    public required string ThreadId { get; init; }

    public required string RunId { get; init; }

    public required ServedPhase Phase { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public required int Attempt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Only while it waits.</summary>
    public QueueView? Queue { get; init; }

    public required NodeCounts Nodes { get; init; }

    public required IReadOnlyList<ConnectionResult> Connections { get; init; }

    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>Only of one execution that has ended or is suspended: how its last attempt ended, redacted, without the checkpoint.</summary>
    public ExecutionResult? Result { get; init; }

    /// <summary>Events that were left out because the log was full. 0 in almost every case.</summary>
    public required long DroppedEvents { get; init; }

    public static ExecutionView Of(Execution execution, FairLine line) => Of(execution, execution.Record, line);

    /// <summary>The same with the result of the last attempt.</summary>
    public static ExecutionView Whole(Execution execution, FairLine line)
    {
        var record = execution.Record;
        var view = Of(execution, record, line);
        return record.IsFinished || record.Phase == ServedPhase.Suspended ? view with { Result = Redacted(execution.Folder.Result()) } : view;
    }

    private static ExecutionView Of(Execution execution, ExecutionRecord record, FairLine line) => new()
    {
        Id = record.Id,
        Name = record.Name,
        TenantId = record.TenantId,
        UserId = record.UserId,
        ThreadId = record.ThreadId,
        RunId = record.RunId,
        Phase = record.Phase,
        Reason = record.Reason,
        Message = record.Message,
        Attempt = record.Attempt,
        CreatedAt = record.CreatedAt,
        StartedAt = record.StartedAt,
        FinishedAt = record.FinishedAt,
        Queue = record.Phase == ServedPhase.Queued && line.PositionOf(record.Uid) is var (position, length) ? new QueueView(position, length) : null,
        Nodes = record.Nodes,
        Connections = record.Connections,
        Problems = record.Problems,
        DroppedEvents = execution.Events.Dropped,
    };

    private static ExecutionResult? Redacted(ExecutionResult? result) => result is null ? null : result with
    {
        State = result.State is { ValueKind: not JsonValueKind.Undefined } state ? Redactor.Mask(state) : null,
        Checkpoint = null,
    };
}

/// <summary>The place in the line.</summary>
/// <param name="Position">1: the next to start.</param>
/// <param name="Length">How many wait.</param>
internal sealed record QueueView(int Position, int Length);

/// <summary>One page of a list.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="Continue">What <c>continue=</c> takes for the next page; null on the last.</param>
internal sealed record ExecutionPage(IReadOnlyList<ExecutionView> Items, string? Continue);
