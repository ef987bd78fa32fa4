#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>TCPSocketAction</c> (core/v1).</summary>
public sealed record V1TCPSocketAction : KubernetesModel
{
    [JsonPropertyName("host")]
    public string Host { get; set; }

    [JsonPropertyName("port")]
    public IntOrString Port { get; set; }
}
