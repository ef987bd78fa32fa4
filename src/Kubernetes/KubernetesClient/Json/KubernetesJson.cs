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
    /// <summary>Levels of one object that is read by itself or written; a writer takes no more. The project's own bounds are far below.</summary>
    internal const int MaxDepth = 1000;

    internal static readonly JsonSerializerOptions Options = Create(MaxDepth);

    /// <summary>
    /// For answers of the server: it keeps objects of up to 10,000 levels, and one of them in a page or a watch must not hide the others. No model nests itself,
    /// and raw JSON is read without recursion, so the stack does not grow with it.
    /// </summary>
    internal static readonly JsonSerializerOptions Answers = Create(int.MaxValue);

    public static TValue Deserialize<TValue>(string json, JsonSerializerOptions jsonSerializerOptions = null) =>
        JsonSerializer.Deserialize<TValue>(json, jsonSerializerOptions ?? Options);

    public static TValue Deserialize<TValue>(Stream json, JsonSerializerOptions jsonSerializerOptions = null) =>
        JsonSerializer.Deserialize<TValue>(json, jsonSerializerOptions ?? Options);

    public static string Serialize(object value, JsonSerializerOptions jsonSerializerOptions = null) =>
        JsonSerializer.Serialize(value, jsonSerializerOptions ?? Options);

    private static JsonSerializerOptions Create(int maxDepth)
    {
        var options = new JsonSerializerOptions
        {
            MaxDepth = maxDepth,
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(ModelJson.Default, new DeclaredContracts(), new DefaultJsonTypeInfoResolver()),
            Converters = { new TimeConverter(), new OffsetTimeConverter(), new JsonStringEnumConverter() },
        };
        options.MakeReadOnly();
        return options;
    }
}
