#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>EventSeries</c> (core/v1).</summary>
public sealed record V1EventSeries : KubernetesModel
{
    [JsonPropertyName("count")]
    public int? Count { get; set; }

    [JsonPropertyName("lastObservedTime")]
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTime? LastObservedTime { get; set; }
}
