#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NetworkPolicyEgressRule</c> (networking/v1).</summary>
public sealed record V1NetworkPolicyEgressRule : KubernetesModel
{
    [JsonPropertyName("ports")]
    public IList<V1NetworkPolicyPort> Ports { get; set; }

    [JsonPropertyName("to")]
    public IList<V1NetworkPolicyPeer> To { get; set; }
}
