#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>LabelSelectorRequirement</c> (meta/v1).</summary>
public sealed record V1LabelSelectorRequirement : KubernetesModel
{
    [JsonPropertyName("key")]
    public string Key { get; set; }

    [JsonPropertyName("operator")]
    public string OperatorProperty { get; set; }

    [JsonPropertyName("values")]
    public IList<string> Values { get; set; }
}
