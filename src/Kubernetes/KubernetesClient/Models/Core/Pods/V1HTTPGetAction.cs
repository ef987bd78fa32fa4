#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>HTTPGetAction</c> (core/v1).</summary>
public sealed record V1HTTPGetAction : KubernetesModel
{
    [JsonPropertyName("host")]
    public string Host { get; set; }

    [JsonPropertyName("path")]
    public string Path { get; set; }

    [JsonPropertyName("port")]
    public IntOrString Port { get; set; }

    [JsonPropertyName("scheme")]
    public string Scheme { get; set; }
}
