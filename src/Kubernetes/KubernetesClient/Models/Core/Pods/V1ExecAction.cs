#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>ExecAction</c> (core/v1).</summary>
public sealed record V1ExecAction : KubernetesModel
{
    [JsonPropertyName("command")]
    public IList<string> Command { get; set; }
}
