#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>ListMeta</c> (meta/v1).</summary>
public sealed record V1ListMeta : KubernetesModel
{
    [JsonPropertyName("continue")]
    public string ContinueProperty { get; set; }

    [JsonPropertyName("remainingItemCount")]
    public long? RemainingItemCount { get; set; }

    [JsonPropertyName("resourceVersion")]
    public string ResourceVersion { get; set; }

    [JsonPropertyName("selfLink")]
    public string SelfLink { get; set; }
}
