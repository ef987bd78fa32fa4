using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;

namespace Bulkhead.Cli.Cluster;

/// <summary>How executions are written.</summary>
internal enum ObjectFormat
{
    Table,
    Json,
    Yaml,
    Name,
}

/// <summary>Executions for machines: as the server has them, without managedFields.</summary>
internal static class ObjectOutput
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<ObjectFormat> Option() => new("--output", "-o") { Description = "table, json, yaml or name.", DefaultValueFactory = _ => ObjectFormat.Table };

    /// <returns>Null for a table, which the command draws itself.</returns>
    public static string? Text(ObjectFormat format, WorkflowExecutionEntity execution) =>
        format == ObjectFormat.Name ? Name(execution) : Text(format, Node(execution));

    /// <inheritdoc cref="Text(ObjectFormat,WorkflowExecutionEntity)"/>
    public static string? Text(ObjectFormat format, IReadOnlyList<WorkflowExecutionEntity> executions) => format == ObjectFormat.Name
        ? string.Join('\n', executions.Select(Name))
        : Text(format, new JsonObject { ["apiVersion"] = ApiGroup.ApiVersion, ["kind"] = "WorkflowExecutionList", ["items"] = new JsonArray([.. executions.Select(Node)]) });

    private static string? Text(ObjectFormat format, JsonNode node) => format switch
    {
        ObjectFormat.Json => node.ToJsonString(Indented),
        ObjectFormat.Yaml => YamlText.Of(JsonElement.Parse(node.ToJsonString())),
        _ => null,
    };

    private static string Name(WorkflowExecutionEntity execution) => $"workflowexecution.{ApiGroup.Name}/{execution.Name()}";

    private static JsonNode Node(WorkflowExecutionEntity execution)
    {
        execution.Metadata.ManagedFields = null;
        return JsonNode.Parse(KubernetesJson.Serialize(execution))!;
    }
}
