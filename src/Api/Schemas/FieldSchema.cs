using System.Text.Json.Nodes;
using Bulkhead.Api.Loading;

namespace Bulkhead.Api.Schemas;

/// <summary>One field as JSON Schema.</summary>
internal static class FieldSchema
{
    /// <param name="name">The field.</param>
    /// <param name="form">What the reader takes for it; a second spelling takes what the first one does.</param>
    /// <param name="siblings">The fields of the same mapping.</param>
    /// <param name="description">For the editor; null for none.</param>
    public static JsonObject Of(string name, FieldForm form, OrderedDictionary<string, FieldForm> siblings, string? description)
    {
        var forms = siblings.Where(f => f.Key == name || form.AliasOf.Contains(f.Key)).Select(f => f.Value).ToList();
        var ways = forms.Exists(f => f.Types.Contains(FieldForm.Any)) ? [] : forms.SelectMany(Ways).DistinctBy(way => way.ToJsonString()).ToList();
        var schema = ways.Count switch
        {
            0 => [],
            1 => ways[0],
            _ when ways.TrueForAll(way => way.Count == 1 && way.ContainsKey("type")) =>
                new JsonObject { ["type"] = new JsonArray([.. ways.Select(way => way["type"]!.DeepClone())]) },
            _ => new JsonObject { ["anyOf"] = new JsonArray([.. ways]) },
        };
        if (description is not null) schema.Insert(0, "description", description);
        return schema;
    }

    private static IEnumerable<JsonObject> Ways(FieldForm form) => form.Types.Select(type => type switch
    {
        FieldForm.Duration => new JsonObject { ["$ref"] = "#/$defs/duration" },
        "string" when form.Choices.Count > 0 => new JsonObject { ["enum"] = Texts(form.Choices) },
        "string" when form.Longest is { } longest => new JsonObject { ["type"] = type, ["maxLength"] = longest },
        "object" when form.Shape is { } shape => Reference(shape),
        "object" when form.ItemTypes.Count > 0 => new JsonObject { ["type"] = type, ["additionalProperties"] = Typed(form.ItemTypes) },
        "array" => List(form),
        "integer" or "number" when form.Range is { } range => Bounded(type, range),
        _ => new JsonObject { ["type"] = type },
    });

    private static JsonObject List(FieldForm form)
    {
        var list = new JsonObject { ["type"] = "array" };
        if (form.Items.Least is { } least) list["minItems"] = least;
        if (form.Items.Most is { } most) list["maxItems"] = most;
        if (form.ItemShape is { } shape) list["items"] = Reference(shape);
        else if (form.Choices.Count > 0) list["items"] = new JsonObject { ["enum"] = Texts(form.Choices) };
        else if (form.ItemTypes.Count > 0) list["items"] = Typed(form.ItemTypes);
        return list;
    }

    private static JsonObject Typed(SortedSet<string> types) => new() { ["type"] = types.Count == 1 ? types.Min! : Texts(types) };

    private static JsonObject Bounded(string type, (double Least, double Most) range)
    {
        var number = new JsonObject { ["type"] = type };
        if (range.Least > int.MinValue) number["minimum"] = range.Least;
        if (range.Most < int.MaxValue) number["maximum"] = range.Most;
        return number;
    }

    private static JsonObject Reference(string shape) => new() { ["$ref"] = shape == "workflow" ? "#" : $"#/$defs/{shape}" };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
