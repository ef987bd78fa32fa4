#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NodeStatus</c> (core/v1).</summary>
public sealed record V1NodeStatus : KubernetesModel
{
    [JsonPropertyName("allocatable")]
    public IDictionary<string, ResourceQuantity> Allocatable { get; set; }

    [JsonPropertyName("capacity")]
    public IDictionary<string, ResourceQuantity> Capacity { get; set; }

    [JsonPropertyName("conditions")]
    public IList<V1NodeCondition> Conditions { get; set; }

    [JsonPropertyName("phase")]
    public string Phase { get; set; }

    [JsonPropertyName("volumesInUse")]
    public IList<string> VolumesInUse { get; set; }
}
