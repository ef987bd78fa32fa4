using System.Text.Json;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Schemas;

namespace Bulkhead.Api.Tests.Schemas;

public sealed class WorkflowSchemaTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(WorkflowSchema.Text);

    /// <summary>Documents with a place for one more field of a kind; together they hold every field of it.</summary>
    private static readonly ILookup<string, string> Places = (((string Shape, string Document)[])
    [
        ("workflow", "{@, nodes: [{name: a, run: ''}]}"),
        ("workflow", "{@}"),
        ("settings", "{settings: {@}, nodes: [{name: a, run: ''}]}"),
        ("parallel", "{settings: {parallel: {@}}, nodes: [{name: a, run: ''}]}"),
        ("budget", "{settings: {budget: {@}}, nodes: [{name: a, run: ''}]}"),
        ("node", "{nodes: [{name: a, @}]}"),
        ("node", "{nodes: [{run: '', @}]}"),
        ("node", "{nodes: [{type: output, @}, {id: b, type: output, template: 1}]}"),
        ("node", "{nodes: [{id: a, type: output, @}]}"),
        ("node", "{nodes: [{name: a, type: while_loop, @}]}"),
        ("node", "{nodes: [{name: a, type: dynamic_parallel, @}]}"),
        .. ((string[])["sql", "llm_call", "http", "transform", "custom_code"]).Select(type => ("node", $"{{nodes: [{{name: a, type: {type}, @}}]}}")),
        ("goto_rule", "{nodes: [{name: a, run: '', goto: [{@}]}]}"),
        ("retry", "{nodes: [{name: a, run: '', retry: {@}}]}"),
        ("on_error", "{nodes: [{name: a, run: '', on_error: {@}}]}"),
        ("run", "{nodes: [{name: a, run: {@}}]}"),
        ("run", "{nodes: [{name: a, run: {type: expression, @}}]}"),
        ("action", "{nodes: [{name: a, type: dynamic_parallel, action: {@}}]}"),
        ("circuit_breaker", "{settings: {parallel: {circuit_breaker: {@}}}, nodes: [{name: a, run: ''}]}"),
        ("edge", "{nodes: [{name: a, run: ''}], edges: [{@}]}"),
        ("edge", "{nodes: [{name: a, run: ''}], edges: [{from: a, condition: 'state.x', to: a, @}]}"),
        ("edge", "{nodes: [{name: a, run: ''}], edges: [{from: a, targets: {a: a}, @}]}"),
        ("condition", "{nodes: [{name: a, run: ''}], edges: [{from: a, to: a, condition: {@}}]}"),
        .. ((string[])["sql", "datasource", "database_query", "llm_call", "http", "transform", "output", "custom_code"])
            .Select(type => ($"config.{type}", $"{{nodes: [{{id: a, type: {type}, config: {{@}}}}]}}")),
    ]).ToLookup(place => place.Shape, place => place.Document);

    private static readonly (string Type, string Value)[] Values =
        [("string", "'5s'"), ("integer", "5"), ("boolean", "true"), ("array", "['x']"), ("object", "{x: 1}")];

    public static TheoryData<string> Kinds => [.. Places.Select(place => place.Key)];

    [Fact]
    public void Places_CoverEveryKind() =>
        Places.Select(place => place.Key).Order(StringComparer.Ordinal).ShouldBe(
            Schema.GetProperty("$defs").EnumerateObject().Select(d => d.Name).Where(n => n != "duration").Append("workflow").Order(StringComparer.Ordinal));

    /// <summary>The schema takes a type for a field exactly where the loader does.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Types_OfEachField_AreTheLoaders(string kind)
    {
        var properties = (kind == "workflow" ? Schema : Schema.GetProperty("$defs").GetProperty(kind)).GetProperty("properties");
        // node.sql is the same as node.query, which is anything in an http node: a schema of all node types at once cannot tell them apart.
        foreach (var field in properties.EnumerateObject().Where(f => (kind, f.Name) is not ("node", "sql")))
        {
            Places[kind].ShouldContain(document => IsKnown(document, field.Name), $"no place for {kind}.{field.Name}");
            foreach (var (type, value) in Values)
                Takes(field.Value, type).ShouldBe(Places[kind].Any(document => IsTaken(document, field.Name, type, value)), $"{kind}.{field.Name} as {type}");
        }
    }

    [Fact]
    public void Descriptions_AreOfFieldsThatExist()
    {
        var described = FieldDescriptions.Fields.ToList();
        described.Where(name => !Find(name.Split('.')).HasValue).ShouldBeEmpty();
        described.ShouldContain("node.run");
    }

    private static JsonElement? Find(string[] name)
    {
        var mapping = name[0] == "workflow" ? Schema : Schema.GetProperty("$defs").GetProperty(name[0]);
        return mapping.GetProperty("properties").TryGetProperty(name[1], out var field) ? field : null;
    }

    private static bool Takes(JsonElement field, string type)
    {
        if (field.TryGetProperty("anyOf", out var ways)) return ways.EnumerateArray().Any(way => Takes(way, type));
        if (field.TryGetProperty("$ref", out var reference))
            return reference.GetString() == "#/$defs/duration" ? type is "string" or "integer" : type == "object";
        if (field.TryGetProperty("enum", out _)) return type == "string";
        if (!field.TryGetProperty("type", out var types)) return true;
        var names = types.ValueKind == JsonValueKind.Array ? types.EnumerateArray().Select(t => t.GetString()).ToList() : [types.GetString()];
        return names.Contains(type) || (type == "integer" && names.Contains("number"));
    }

    private static IEnumerable<Problems.Problem> Faults(string document, string field, string value) =>
        WorkflowLoader.Load(document.Replace("@", $"{field}: {value}", StringComparison.Ordinal)).Problems;

    private static bool IsKnown(string document, string field) =>
        !Faults(document, field, "{x: 1}").Any(p => p.Code is "DUPLICATE_FIELD" or "MIXED_DIALECTS" || (p.Code is "UNKNOWN_FIELD" or "FIELD_NOT_ALLOWED" && IsAt(p, field)));

    private static bool IsTaken(string document, string field, string type, string value)
    {
        var faults = Faults(document, field, value).ToList();
        return IsKnown(document, field) && !faults.Exists(p => IsAt(p, field) && (p.Code == "WRONG_TYPE" || (p.Code == "INVALID_VALUE" && type != "string")));
    }

    private static bool IsAt(Problems.Problem problem, string field) => problem.Path is { } path && (path == field || path.EndsWith($".{field}", StringComparison.Ordinal));
}
