using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Contexts;

namespace Bulkhead.Engine.Events;

/// <summary>
/// Turns a run's events into the five that its user sees: start -> agent_started; node_start -> agent_thinking (step 1, 2, ...);
/// host calls -> tool_executing and tool_completed; the end -> agent_completed. The others are for operators, not for users.
/// </summary>
internal sealed class UserEventMapper(UserExecutionContext context, TimeProvider clock)
{
    private string _agentName = "workflow";
    private int _step;

    public UserEvent? Map(ExecutionEvent source) => source.Type switch
    {
        "start" => Started(source),
        "node_start" => Thinking(source),
        "tool_executing" => Tool(source, UserEventKind.ToolExecuting) with { Parameters = Field(source, "parameters") },
        "tool_completed" => ToolCompleted(source),
        _ => null,
    };

    public UserEvent Completed(ExecutionResult result) => Event(UserEventKind.AgentCompleted, clock.GetUtcNow()) with
    {
        Status = result.Phase == ExecutionPhase.Succeeded ? "succeeded" : "failed",
        Duration = result.DurationMs / 1000,
        FinalResponse = result.State,
        Payload = Payload(("phase", result.Phase.ToString()), ("reason", result.Reason), ("message", result.Message)),
    };

    private UserEvent Started(ExecutionEvent source)
    {
        _agentName = Text(source, "workflow") ?? _agentName;
        return Event(UserEventKind.AgentStarted, source.Timestamp) with { Payload = Payload(("workflow", _agentName)) };
    }

    private UserEvent Thinking(ExecutionEvent source)
    {
        var step = ++_step;
        return Event(UserEventKind.AgentThinking, source.Timestamp) with
        {
            Reasoning = $"step {step}: {source.Node}",
            Payload = Payload(("step", step), ("node", source.Node), ("branch", source.Branch), ("node_type", Text(source, "node_type"))),
        };
    }

    private UserEvent ToolCompleted(ExecutionEvent source) => Tool(source, UserEventKind.ToolCompleted) with
    {
        Results = Field(source, "results"),
        Duration = Field(source, "duration_ms") is { ValueKind: JsonValueKind.Number } duration ? duration.GetDouble() / 1000 : null,
        Status = Field(source, "success") is { ValueKind: JsonValueKind.False } ? "failed" : "succeeded",
    };

    private UserEvent Tool(ExecutionEvent source, string kind) => Event(kind, source.Timestamp) with
    {
        ToolName = Text(source, "tool") ?? source.Node,
        Payload = Payload(("node", source.Node), ("branch", source.Branch)),
    };

    private UserEvent Event(string kind, DateTimeOffset timestamp) => new()
    {
        Type = kind,
        RunId = context.RunId,
        UserId = context.UserId,
        ThreadId = context.ThreadId,
        ExecutionId = context.ExecutionId,
        TenantId = context.TenantId,
        AgentName = _agentName,
        Timestamp = timestamp,
    };

    private static JsonElement? Field(ExecutionEvent source, string name) =>
        source.Fields is { } fields && fields.TryGetValue(name, out var value) ? value : null;

    private static string? Text(ExecutionEvent source, string name) =>
        Field(source, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement Payload(params (string Key, object? Value)[] members) => JsonCopy.Merge(null, null,
        members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, member.Value!)));
}
