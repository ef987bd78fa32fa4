#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>LocalObjectReference</c> (core/v1).</summary>
public sealed record V1LocalObjectReference : KubernetesModel
{
    [JsonPropertyName("name")]
    public string Name { get; set; }
}
