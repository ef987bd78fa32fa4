#nullable disable
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>The API's <c>DeleteOptions</c> (meta/v1).</summary>
public sealed record V1DeleteOptions : KubernetesModel, IKubernetesObject
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; }

    [JsonPropertyName("dryRun")]
    public IList<string> DryRun { get; set; }

    [JsonPropertyName("gracePeriodSeconds")]
    public long? GracePeriodSeconds { get; set; }

    [JsonPropertyName("orphanDependents")]
    public bool? OrphanDependents { get; set; }

    [JsonPropertyName("preconditions")]
    public V1Preconditions Preconditions { get; set; }

    [JsonPropertyName("propagationPolicy")]
    public string PropagationPolicy { get; set; }
}
