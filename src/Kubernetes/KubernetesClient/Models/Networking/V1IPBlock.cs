#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>IPBlock</c> (networking/v1).</summary>
public sealed record V1IPBlock : KubernetesModel
{
    [JsonPropertyName("cidr")]
    public string Cidr { get; set; }

    [JsonPropertyName("except")]
    public IList<string> Except { get; set; }
}
