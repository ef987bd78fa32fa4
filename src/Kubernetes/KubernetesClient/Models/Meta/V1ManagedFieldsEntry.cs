#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>ManagedFieldsEntry</c> (meta/v1).</summary>
public sealed record V1ManagedFieldsEntry : KubernetesModel
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("fieldsType")]
    public string FieldsType { get; set; }

    [JsonPropertyName("fieldsV1")]
    public object FieldsV1 { get; set; }

    [JsonPropertyName("manager")]
    public string Manager { get; set; }

    [JsonPropertyName("operation")]
    public string Operation { get; set; }

    [JsonPropertyName("time")]
    public DateTime? Time { get; set; }
}
