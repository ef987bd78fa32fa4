#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>PodIP</c> (core/v1).</summary>
public sealed record V1PodIP : KubernetesModel
{
    [JsonPropertyName("ip")]
    public string Ip { get; set; }
}
