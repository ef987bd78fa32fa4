using System.Text.Json;

namespace Bulkhead.Engine.Events;

/// <summary>What a user sees of a run, as one JSON object in snake_case. Belongs to one user and one run.</summary>
public sealed record UserEvent
{
    /// <summary>One of <see cref="UserEventKind"/>.</summary>
    public required string Type { get; init; }

    public required string? RunId { get; init; }

    public required string? UserId { get; init; }

    public required string ThreadId { get; init; }

    public required string ExecutionId { get; init; }

    public required string TenantId { get; init; }

    /// <summary>The workflow's name.</summary>
    public required string AgentName { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>What else is known: <c>step, node, branch, node_type, phase, reason, message</c>.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>agent_thinking: what the run does now.</summary>
    public string? Reasoning { get; init; }

    /// <summary>tool_executing and tool_completed: the host call.</summary>
    public string? ToolName { get; init; }

    /// <summary>tool_executing: its arguments, redacted.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>tool_completed: what it returned, redacted.</summary>
    public JsonElement? Results { get; init; }

    /// <summary>tool_completed and agent_completed: seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>tool_completed and agent_completed: <c>succeeded</c> or <c>failed</c>.</summary>
    public string? Status { get; init; }

    /// <summary>agent_completed: the final state, redacted.</summary>
    public JsonElement? FinalResponse { get; init; }
}
