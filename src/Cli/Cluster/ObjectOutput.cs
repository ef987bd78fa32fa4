using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Api.Resources;
using Bulkhead.Cli.Commands;
using Bulkhead.Cli.Output;
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
    /// <summary>One object whose author nests without measure must not hide the others.</summary>
    internal static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = Deep.MaxDepth };

    public static Option<ObjectFormat> Option() => Choice.Of("--output", ["-o"], "table, json, yaml or name.", ObjectFormat.Table);

    /// <summary>The whole object is wanted, not what this command knows of it.</summary>
    public static bool IsWhole(this ObjectFormat format) => format is ObjectFormat.Json or ObjectFormat.Yaml;

    /// <returns>Null for a table, which the command draws itself.</returns>
    public static string? Text(ObjectFormat format, WorkflowExecutionEntity execution) => format == ObjectFormat.Name ? Name(execution) : Text(format, Node(execution));

    /// <summary>For the formats of whole objects.</summary>
    public static string Text(ObjectFormat format, ExecutionDocument execution) => Text(format, execution.ToJson())!;

    /// <inheritdoc cref="Text(ObjectFormat,ExecutionDocument)"/>
    public static string Text(ObjectFormat format, IEnumerable<ExecutionDocument> executions) => Text(
        format, new JsonObject { ["apiVersion"] = ApiGroup.ApiVersion, ["kind"] = "WorkflowExecutionList", ["items"] = new JsonArray([.. executions.Select(e => e.ToJson())]) })!;

    public static string Name(WorkflowExecutionEntity execution) => $"workflowexecution.{ApiGroup.Name}/{execution.Name()}";

    private static string? Text(ObjectFormat format, JsonNode node) => format switch
    {
        ObjectFormat.Json => Printable.Escaped(node.ToJsonString(Indented)),
        ObjectFormat.Yaml => Printable.Escaped(YamlText.Of(JsonElement.Parse(node.ToJsonString(Indented), Deep))),
        _ => null,
    };

    private static JsonNode Node(WorkflowExecutionEntity execution)
    {
        execution.Metadata.ManagedFields = null;
        return JsonNode.Parse(KubernetesJson.Serialize(execution), documentOptions: Deep)!;
    }
}
