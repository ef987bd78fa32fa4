using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Schemas;

/// <summary>
/// The JSON Schema (2020-12) of a workflow document, for editors. It is made of what the reader asks for when it reads
/// <see cref="SchemaProbe"/>, and of the descriptions in <see cref="FieldDescriptions"/>. What decides is the loader, which knows more.
/// </summary>
public static class WorkflowSchema
{
    private const string Document = "workflow";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Lazy<string> Made = new(() => Write(SchemaProbe.Read()));

    /// <summary>The schema as indented text with a last line feed.</summary>
    public static string Text => Made.Value;

    private static string Write(AskedFields asked)
    {
        var definitions = new JsonObject { ["duration"] = Duration() };
        foreach (var shape in asked.Shapes.Where(s => s != Document)) definitions[shape] = Mapping(asked, shape);
        var node = definitions["node"]!.AsObject();
        node["anyOf"] = new JsonArray(Requires("name"), Requires("id"));
        node["allOf"] = new JsonArray([.. ConfigTypes(asked).Select(OfType)]);
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "Bulkhead workflow" };
        foreach (var (name, value) in Mapping(asked, Document).ToList()) schema[name] = value?.DeepClone();
        schema["$defs"] = definitions;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented)) schema.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static JsonObject Mapping(AskedFields asked, string shape)
    {
        var fields = asked.Of(shape);
        if (fields.Count == 0) throw new InvalidOperationException($"The probe holds no '{shape}' mapping.");
        var properties = new JsonObject();
        foreach (var (name, form) in fields) properties[name] = FieldSchema.Of(name, form, fields, FieldDescriptions.Of(shape, name));
        var mapping = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (shape == "node") return mapping;

        var needed = fields.Where(f => f.Value.Required).Select(f => f.Key).ToList();
        var single = needed.Where(name => AliasOf(fields, name) is null).ToList();
        if (single.Count > 0) mapping["required"] = new JsonArray([.. single.Select(name => (JsonNode)name)]);
        var either = needed.Except(single).Select(name => new JsonObject { ["anyOf"] = new JsonArray(Requires(name), Requires(AliasOf(fields, name)!)) }).ToList();
        if (either.Count > 0) mapping["allOf"] = new JsonArray([.. either]);
        return mapping;
    }

    private static string? AliasOf(OrderedDictionary<string, FieldForm> fields, string name) =>
        fields.FirstOrDefault(f => f.Value.AliasOf.Contains(name)).Key;

    private static IEnumerable<string> ConfigTypes(AskedFields asked) => NodeTypes.All.Where(type => asked.Shapes.Contains(WorkReader.ConfigShape + type));

    /// <summary>What a node type's settings hold.</summary>
    private static JsonObject OfType(string type)
    {
        JsonObject Settings() => new() { ["$ref"] = $"#/$defs/{WorkReader.ConfigShape}{type}" };
        var chosen = new JsonObject { ["required"] = new JsonArray("type"), ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = type } } };
        return new JsonObject { ["if"] = chosen, ["then"] = new JsonObject { ["properties"] = new JsonObject { ["config"] = Settings(), ["with"] = Settings() } } };
    }

    private static JsonObject Requires(string name) => new() { ["required"] = new JsonArray(name) };

    private static JsonObject Duration() => new()
    {
        ["description"] = "Seconds, or 250ms, 30s, 5m, 1h30m; at most 30 days.",
        ["type"] = new JsonArray("number", "string"),
    };
}
