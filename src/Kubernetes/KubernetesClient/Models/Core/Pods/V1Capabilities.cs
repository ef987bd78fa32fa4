#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>Capabilities</c> (core/v1).</summary>
public sealed record V1Capabilities : KubernetesModel
{
    [JsonPropertyName("add")]
    public IList<string> Add { get; set; }

    [JsonPropertyName("drop")]
    public IList<string> Drop { get; set; }
}
