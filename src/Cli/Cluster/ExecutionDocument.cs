using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;

namespace Bulkhead.Cli.Cluster;

/// <summary>An execution as the server wrote it, with the fields that this command does not know: a newer server has more.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = "WorkflowExecution", PluralName = "workflowexecutions")]
internal sealed class ExecutionDocument : IKubernetesObject<V1ObjectMeta>
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Fields { get; set; } = [];

    // The client names what it lists; here the server's own words stand. An explicit member is not read or written as JSON.
    string IKubernetesObject.ApiVersion { get; set; } = ApiGroup.ApiVersion;

    string IKubernetesObject.Kind { get; set; } = "WorkflowExecution";

    V1ObjectMeta IMetadata<V1ObjectMeta>.Metadata { get; set; } = new();

    /// <summary>What this command knows of it.</summary>
    public WorkflowExecutionEntity Entity() => KubernetesJson.Deserialize<WorkflowExecutionEntity>(KubernetesJson.Serialize(Fields));

    /// <summary>Without <c>metadata.managedFields</c>, which nobody wants to read.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject(Fields.Select(f => KeyValuePair.Create(f.Key, JsonNode.Parse(f.Value.GetRawText(), documentOptions: ObjectOutput.Deep))));
        (json["metadata"] as JsonObject)?.Remove("managedFields");
        return json;
    }
}
