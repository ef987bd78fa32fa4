using System.Text.Json;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Redaction;
using Bulkhead.Server.Executions;

namespace Bulkhead.Server.Feeds;

/// <summary>Tells the user of an end that no engine saw: cancelled in the line, never started, found dead after a restart.</summary>
internal static class EndEvent
{
    public static UserEvent Of(ExecutionRecord record, TimeProvider clock) => new()
    {
        Type = UserEventKind.AgentCompleted,
        RunId = record.RunId,
        UserId = record.UserId,
        ThreadId = record.ThreadId,
        ExecutionId = record.Id,
        TenantId = record.TenantId,
        AgentName = record.Name,
        Timestamp = clock.GetUtcNow(),
        Status = "failed",
        Payload = JsonSerializer.SerializeToElement(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["phase"] = record.Phase.ToString(),
                ["reason"] = record.Reason,
                ["message"] = record.Message is { } message ? Redactor.Cut(message) : null,
            },
            ServerJson.Default.DictionaryStringString),
    };
}
