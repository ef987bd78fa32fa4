using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;

namespace Bulkhead.Engine.Resources;

/// <summary>
/// The audit lines of resources: events of type <c>resource</c>, whose field <c>event</c> is RESOURCE_ALLOCATED, RESOURCE_REUSED,
/// RESOURCE_DISPOSED, RESOURCE_REFUSED or EXECUTION_CLEANUP, and whose field <c>message</c> is the form for people.
/// </summary>
internal sealed class ResourceEvents(UserExecutionContext context, IExecutionEvents events, TimeProvider clock)
{
    public void Allocated(PooledResource resource, string node, TimeSpan duration, IReadOnlyList<string> warnings, string? error)
    {
        string outcome = error is null ? $"{resource.Handle} (CREATED)" : "FAILED";
        Dictionary<string, JsonElement> fields = Fields("RESOURCE_ALLOCATED", resource, error is null, duration);
        fields["message"] = Json($"[{context.ExecutionId}] {node}: {Asked(resource)} -> {outcome}");
        if (resource.Connection.Global)
        {
            fields["global"] = Json(true);
        }

        if (warnings.Count > 0)
        {
            fields["warnings"] = JsonSerializer.SerializeToElement(warnings.ToArray(), ResourceJson.Default.StringArray);
        }

        Emit(node, fields, error);
    }

    public void Reused(PooledResource resource, string node)
    {
        Dictionary<string, JsonElement> fields = Fields("RESOURCE_REUSED", resource, success: true, TimeSpan.Zero);
        fields["message"] = Json($"[{context.ExecutionId}] {node}: {Asked(resource)} -> {resource.Handle} (REUSED)");
        Emit(node, fields);
    }

    public void Disposed(PooledResource resource, bool proven, TimeSpan duration, string? error)
    {
        Dictionary<string, JsonElement> fields = Fields("RESOURCE_DISPOSED", resource, proven, duration);
        fields["message"] = Json($"[{context.ExecutionId}] Resource disposed: {resource.Key.Local} ({resource.Handle})");
        Emit(node: null, fields, error);
    }

    public void Refused(Problem problem, string node) => Emit(
        node,
        new Dictionary<string, JsonElement>
        {
            ["level"] = Json("WARN"),
            ["tenant_id"] = Json(context.TenantId),
            ["user_id"] = Json(context.UserId),
            ["event"] = Json("RESOURCE_REFUSED"),
            ["success"] = Json(false),
            ["code"] = Json(problem.Code),
            ["message"] = Json($"[{context.ExecutionId}] {node}: {problem.Message}"),
        });

    public void Cleanup() => Emit(
        node: null,
        new Dictionary<string, JsonElement>
        {
            ["level"] = Json("INFO"),
            ["tenant_id"] = Json(context.TenantId),
            ["event"] = Json("EXECUTION_CLEANUP"),
            ["message"] = Json($"[{context.ExecutionId}] Execution completed -> cleanup()"),
        });

    private static string Asked(PooledResource resource) => $"get_resource({resource.Key.Type}, {resource.Key.Id})";

    private Dictionary<string, JsonElement> Fields(string name, PooledResource resource, bool success, TimeSpan duration) => new()
    {
        ["level"] = Json(success ? "INFO" : "ERROR"),
        ["tenant_id"] = Json(context.TenantId),
        ["event"] = Json(name),
        ["resource_type"] = Json(resource.Key.Type),
        ["resource_id"] = Json(resource.Key.Id),
        ["resource_handle"] = Json(resource.Handle),
        ["resource_key"] = Json(resource.Key.ToString()),
        ["success"] = Json(success),
        ["duration_ms"] = JsonSerializer.SerializeToElement(Math.Round(duration.TotalMilliseconds, 3), ResourceJson.Default.Double),
    };

    private void Emit(string? node, Dictionary<string, JsonElement> fields, string? error = null)
    {
        if (error is not null)
        {
            fields["error"] = Json(error);
        }

        events.Emit(new ExecutionEvent
        {
            Type = "resource",
            Timestamp = clock.GetUtcNow(),
            ExecutionId = context.ExecutionId,
            Node = node,
            Fields = fields,
        });
    }

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text, ResourceJson.Default.String);

    private static JsonElement Json(bool flag) => JsonSerializer.SerializeToElement(flag, ResourceJson.Default.Boolean);
}
