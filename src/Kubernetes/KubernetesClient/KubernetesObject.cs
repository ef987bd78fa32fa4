#nullable disable
using System.Text.Json.Serialization;

namespace k8s;

/// <summary>Base of custom resources.</summary>
public class KubernetesObject : IKubernetesObject
{
    [JsonPropertyName("apiVersion")]
    [JsonPropertyOrder(-3)]
    public string ApiVersion { get; set; }

    [JsonPropertyName("kind")]
    [JsonPropertyOrder(-2)]
    public string Kind { get; set; }
}
