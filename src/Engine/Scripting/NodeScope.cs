using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scripting;

/// <summary>The globals that a node's scripts, expressions and templates see: fresh copies each time.</summary>
internal static class NodeScope
{
    public static IReadOnlyList<LuaGlobal> For(Run run, Branch branch, string node, JsonElement? result = null)
    {
        var globals = new List<LuaGlobal>(4 + branch.Scope.Count)
        {
            new("state", branch.State.Fields),
            new("variables", branch.Variables),
            new("context", Context(run, branch, node)),
        };
        if (result is { } value) globals.Add(new("result", value));
        foreach (var (name, scope) in branch.Scope) globals.Add(new(name, scope));
        return globals;
    }

    /// <summary>The keys of <c>context</c>; the idempotency key is stable over attempts, and differs by node, branch and visit.</summary>
    private static Dictionary<string, JsonElement> Context(Run run, Branch branch, string node) => new(run.Identity, StringComparer.Ordinal)
    {
        ["node"] = Json.Of(node),
        ["idempotency_key"] = Json.Of(IdempotencyKey(run.Job.ExecutionUid, branch, node)),
    };

    private static string IdempotencyKey(Guid execution, Branch branch, string node) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{execution:n}\n{branch.Name}\n{node}\n{branch.Visit(node)}")).AsSpan(0, 16));
}
