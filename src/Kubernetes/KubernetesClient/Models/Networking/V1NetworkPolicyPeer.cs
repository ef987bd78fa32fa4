#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NetworkPolicyPeer</c> (networking/v1).</summary>
public sealed record V1NetworkPolicyPeer : KubernetesModel
{
    [JsonPropertyName("ipBlock")]
    public V1IPBlock IpBlock { get; set; }

    [JsonPropertyName("namespaceSelector")]
    public V1LabelSelector NamespaceSelector { get; set; }

    [JsonPropertyName("podSelector")]
    public V1LabelSelector PodSelector { get; set; }
}
