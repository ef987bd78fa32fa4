#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>StatusDetails</c> (meta/v1).</summary>
public sealed record V1StatusDetails : KubernetesModel
{
    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("causes")]
    public IList<V1StatusCause> Causes { get; set; }

    [JsonPropertyName("group")]
    public string Group { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }

    [JsonPropertyName("retryAfterSeconds")]
    public int? RetryAfterSeconds { get; set; }

    [JsonPropertyName("uid")]
    public string Uid { get; set; }
}
