using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using k8s;
using k8s.Models;

namespace Bulkhead.Kubernetes.Tests.Client;

/// <summary>JSON in which every field of a type is set, as the server would write it.</summary>
internal static class SampleJson
{
    public static JsonNode Of(Type type) => Of(type, []);

    /// <summary>The types that a type's fields lead to, itself first.</summary>
    public static IEnumerable<JsonTypeInfo> Reachable(Type type, HashSet<Type>? seen = null)
    {
        seen ??= [];
        if (!seen.Add(type) || KubernetesJson.Options.GetTypeInfo(type) is not { } contract)
            return [];
        var parts = contract.Properties.Select(p => p.PropertyType).Concat([contract.ElementType]).OfType<Type>();
        return [contract, .. parts.SelectMany(t => Reachable(Nullable.GetUnderlyingType(t) ?? t, seen))];
    }

    private static JsonNode Of(Type type, IReadOnlyList<Type> above)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return Simple(type) ?? Composite(KubernetesJson.Options.GetTypeInfo(type), above);
    }

    private static JsonNode? Simple(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) || type == typeof(long) => 7,
        _ when type == typeof(double) => 1.5,
        _ when type == typeof(byte[]) => "AQID",
        _ when type == typeof(DateTime) || type == typeof(DateTimeOffset) => "2026-11-20T01:02:03Z",
        _ when type == typeof(ResourceQuantity) => "250m",
        _ when type == typeof(IntOrString) => "80%",
        _ when type == typeof(object) || type == typeof(JsonElement) => JsonNode.Parse("""{"x":[1,null,{"y":""}]}"""),
        _ => null,
    };

    private static JsonNode Composite(JsonTypeInfo contract, IReadOnlyList<Type> above) => contract.Kind switch
    {
        JsonTypeInfoKind.Enumerable => new JsonArray(Of(contract.ElementType!, above)),
        JsonTypeInfoKind.Dictionary => new JsonObject { ["key"] = Of(contract.ElementType!, above) },
        JsonTypeInfoKind.Object => Object(contract, above),
        _ => throw new InvalidOperationException($"no sample of {contract.Type}"),
    };

    private static JsonObject Object(JsonTypeInfo contract, IReadOnlyList<Type> above)
    {
        var fields = new JsonObject();
        foreach (var property in contract.Properties.Where(p => !p.IsExtensionData && !above.Contains(p.PropertyType)))
            fields[property.Name] = property.CustomConverter is MicroTimeConverter
                ? "2026-11-20T01:02:03.456789Z"
                : Of(property.PropertyType, [.. above, contract.Type]);
        return fields;
    }
}
