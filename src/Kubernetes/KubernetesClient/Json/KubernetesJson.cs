#nullable disable
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace k8s;

/// <summary>
/// JSON as the API server reads and writes it: camelCase, nulls left out, times in UTC. Models of this assembly are source-generated,
/// and so are custom resources whose assembly declares a context (<see cref="DeclaredContracts"/>). All others are read by reflection.
/// </summary>
public static class KubernetesJson
{
    internal static readonly JsonSerializerOptions Options = Create();

    public static TValue Deserialize<TValue>(string json, JsonSerializerOptions jsonSerializerOptions = null) =>
        JsonSerializer.Deserialize<TValue>(json, jsonSerializerOptions ?? Options);

    public static TValue Deserialize<TValue>(Stream json, JsonSerializerOptions jsonSerializerOptions = null) =>
        JsonSerializer.Deserialize<TValue>(json, jsonSerializerOptions ?? Options);

    public static string Serialize(object value, JsonSerializerOptions jsonSerializerOptions = null) =>
        JsonSerializer.Serialize(value, jsonSerializerOptions ?? Options);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(ModelJson.Default, new DeclaredContracts(), new DefaultJsonTypeInfoResolver()),
            Converters = { new TimeConverter(), new OffsetTimeConverter(), new JsonStringEnumConverter() },
        };
        options.MakeReadOnly();
        return options;
    }
}
