#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NetworkPolicySpec</c> (networking/v1).</summary>
public sealed record V1NetworkPolicySpec : KubernetesModel
{
    [JsonPropertyName("egress")]
    public IList<V1NetworkPolicyEgressRule> Egress { get; set; }

    [JsonPropertyName("ingress")]
    public IList<V1NetworkPolicyIngressRule> Ingress { get; set; }

    [JsonPropertyName("podSelector")]
    public V1LabelSelector PodSelector { get; set; }

    [JsonPropertyName("policyTypes")]
    public IList<string> PolicyTypes { get; set; }
}
