using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Bulkhead.Kubernetes.Tests.Crds;

/// <summary>A file of crds/ as JSON.</summary>
internal static class CrdFile
{
    public static IEnumerable<string> All { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "crds"), "bulkhead.dev_*.yaml").Order()];

    public static JsonNode Read(string path)
    {
        var yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(File.ReadAllText(path));
        return JsonSerializer.SerializeToNode(yaml)!;
    }

    public static JsonNode For(string kind) => All.Select(Read).Single(c => (string?)c["spec"]!["names"]!["kind"] == kind);

    public static JsonNode Schema(JsonNode crd) => crd["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!;

    public static JsonNode Part(string kind, string part) => Schema(For(kind))["properties"]![part]!;
}
