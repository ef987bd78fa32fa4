#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>Taint</c> (core/v1).</summary>
public sealed record V1Taint : KubernetesModel
{
    [JsonPropertyName("effect")]
    public string Effect { get; set; }

    [JsonPropertyName("key")]
    public string Key { get; set; }

    [JsonPropertyName("timeAdded")]
    public DateTime? TimeAdded { get; set; }

    [JsonPropertyName("value")]
    public string Value { get; set; }
}
