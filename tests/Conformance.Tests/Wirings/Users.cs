using System.Text.Json;
using Bulkhead.Engine.Contexts;

namespace Bulkhead.Conformance.Tests.Wirings;

internal static class Users
{
    public static ContextFields Fields(string user, string agentContext = "{}", string auditMetadata = "{}") => new()
    {
        UserId = user,
        ThreadId = Guid.NewGuid().ToString(),
        RunId = Guid.NewGuid().ToString(),
        AgentContext = JsonElement.Parse(agentContext),
        AuditMetadata = JsonElement.Parse(auditMetadata),
    };
}
