using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Running;

/// <summary>What the events say of the nodes: the best that is known when a worker dies without a result.</summary>
internal static class NodeHistory
{
    public static void Add(Dictionary<(string Node, string? Branch), NodeResult> nodes, ExecutionEvent executionEvent)
    {
        if (executionEvent.Node is not { } node) return;
        var key = (node, executionEvent.Branch);
        switch (executionEvent.Type)
        {
            case "node_start":
                nodes[key] = new NodeResult
                {
                    Name = node,
                    Branch = executionEvent.Branch,
                    Status = NodeStatus.Failed,
                    StartedAt = executionEvent.Timestamp,
                    Error = "The worker died while this node ran.",
                };
                break;
            case "node_complete" when nodes.TryGetValue(key, out var done):
                nodes[key] = done with { Status = NodeStatus.Succeeded, Error = null, DurationMs = Number(executionEvent, "duration_ms") };
                break;
            case "node_error" when nodes.TryGetValue(key, out var failed):
                nodes[key] = failed with
                {
                    Error = Text(executionEvent, "error"),
                    ErrorType = Text(executionEvent, "error_type"),
                    DurationMs = Number(executionEvent, "duration_ms"),
                };
                break;
        }
    }

    private static double Number(ExecutionEvent executionEvent, string field) =>
        executionEvent.Fields?.TryGetValue(field, out var value) == true && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;

    private static string? Text(ExecutionEvent executionEvent, string field) =>
        executionEvent.Fields?.TryGetValue(field, out var value) == true && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
