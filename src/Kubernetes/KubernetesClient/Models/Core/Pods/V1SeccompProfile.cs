#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>SeccompProfile</c> (core/v1).</summary>
public sealed record V1SeccompProfile : KubernetesModel
{
    [JsonPropertyName("localhostProfile")]
    public string LocalhostProfile { get; set; }

    [JsonPropertyName("type")]
    public string Type { get; set; }
}
