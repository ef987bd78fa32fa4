#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>ResourceAttributes</c> (authorization/v1).</summary>
public sealed record V1ResourceAttributes : KubernetesModel
{
    [JsonPropertyName("group")]
    public string Group { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("namespace")]
    public string NamespaceProperty { get; set; }

    [JsonPropertyName("resource")]
    public string Resource { get; set; }

    [JsonPropertyName("subresource")]
    public string Subresource { get; set; }

    [JsonPropertyName("verb")]
    public string Verb { get; set; }

    [JsonPropertyName("version")]
    public string Version { get; set; }
}
