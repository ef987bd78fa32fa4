using System.Text.Json;
using Bulkhead.Engine.Contexts;

namespace Bulkhead.Engine.Tests.Contexts;

internal static class ContextBuilder
{
    public static ContextFields Fields(string? user = "alice") =>
        new() { UserId = user, ThreadId = Guid.NewGuid().ToString(), RunId = Guid.NewGuid().ToString() };

    public static UserExecutionContext Context(string user = "alice", string agentContext = "{}", string auditMetadata = "{}") =>
        UserExecutionContext.Create(
            Fields(user) with { AgentContext = Json(agentContext), AuditMetadata = Json(auditMetadata) }, TimeProvider.System);

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
