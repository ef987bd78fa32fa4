#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>NonResourceAttributes</c> (authorization/v1).</summary>
public sealed record V1NonResourceAttributes : KubernetesModel
{
    [JsonPropertyName("path")]
    public string Path { get; set; }

    [JsonPropertyName("verb")]
    public string Verb { get; set; }
}
