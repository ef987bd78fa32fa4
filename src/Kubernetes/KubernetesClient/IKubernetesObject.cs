#nullable disable
using System.Text.Json.Serialization;
using k8s.Models;

namespace k8s;

/// <summary>Anything with <c>apiVersion</c> and <c>kind</c>.</summary>
public interface IKubernetesObject
{
    [JsonPropertyName("apiVersion")]
    string ApiVersion { get; set; }

    [JsonPropertyName("kind")]
    string Kind { get; set; }
}

/// <summary>An object with metadata: <see cref="V1ObjectMeta"/> for objects, <see cref="V1ListMeta"/> for lists and statuses.</summary>
public interface IKubernetesObject<TMetadata> : IKubernetesObject, IMetadata<TMetadata>;
