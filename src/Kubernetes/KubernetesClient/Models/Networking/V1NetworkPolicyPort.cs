#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NetworkPolicyPort</c> (networking/v1).</summary>
public sealed record V1NetworkPolicyPort : KubernetesModel
{
    [JsonPropertyName("port")]
    public IntOrString Port { get; set; }

    [JsonPropertyName("protocol")]
    public string Protocol { get; set; }
}
