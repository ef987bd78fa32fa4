using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Events;

namespace Bulkhead.Engine.Scheduling;

/// <summary>Records what happened: events as they come, and one result for each visit of a node.</summary>
internal sealed class Journal(string executionId, string tenantId, IExecutionEvents events, TimeProvider clock)
{
    /// <summary>Most node results kept; later ones are only counted.</summary>
    public const int MaxNodeResults = 20_000;

    private readonly Lock _lock = new();
    private readonly List<NodeResult> _nodes = [];
    private readonly JsonElement _tenant = Json.Of(tenantId);

    public IReadOnlyList<NodeResult> Nodes
    {
        get
        {
            lock (_lock) return [.. _nodes];
        }
    }

    public void Add(NodeResult result)
    {
        lock (_lock)
        {
            if (_nodes.Count < MaxNodeResults) _nodes.Add(result);
        }
    }

    public void Emit(string type, string? node = null, string? branch = null, params (string Name, JsonElement Value)[] fields) =>
        events.Emit(new ExecutionEvent
        {
            Type = type,
            Timestamp = clock.GetUtcNow(),
            ExecutionId = executionId,
            Node = node,
            Branch = branch,
            Fields = fields.Append((Name: "tenant_id", Value: _tenant)).ToDictionary(f => f.Name, f => f.Value),
        });

    public void NodeStarted(string node, string type, string? branch) => Emit("node_start", node, branch, ("node_type", Json.Of(type)));

    public void NodeEnded(NodeResult result)
    {
        Add(result);
        if (result.Status == NodeStatus.Succeeded)
        {
            Emit("node_complete", result.Name, result.Branch, ("duration_ms", Json.Of(result.DurationMs)));
            return;
        }

        Emit("node_error", result.Name, result.Branch,
            ("duration_ms", Json.Of(result.DurationMs)), ("error", Json.Of(result.Error)), ("error_type", Json.Of(result.ErrorType)));
    }
}
