using System.Text.Json;
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>
/// Base of every model. Fields that a newer API server sends and this subset does not name are kept and written back,
/// so that read, change, replace loses nothing.
/// </summary>
public abstract record KubernetesModel
{
    [JsonExtensionData]
    [JsonInclude]
    internal Dictionary<string, JsonElement>? Unknown { get; set; }
}
