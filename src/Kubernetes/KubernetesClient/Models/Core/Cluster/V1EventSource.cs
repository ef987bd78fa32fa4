#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>EventSource</c> (core/v1).</summary>
public sealed record V1EventSource : KubernetesModel
{
    [JsonPropertyName("component")]
    public string Component { get; set; }

    [JsonPropertyName("host")]
    public string Host { get; set; }
}
