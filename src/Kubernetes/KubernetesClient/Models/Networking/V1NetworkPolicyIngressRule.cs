#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NetworkPolicyIngressRule</c> (networking/v1).</summary>
public sealed record V1NetworkPolicyIngressRule : KubernetesModel
{
    [JsonPropertyName("from")]
    public IList<V1NetworkPolicyPeer> FromProperty { get; set; }

    [JsonPropertyName("ports")]
    public IList<V1NetworkPolicyPort> Ports { get; set; }
}
