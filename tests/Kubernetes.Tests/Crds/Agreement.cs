using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Api.Resources;

namespace Bulkhead.Kubernetes.Tests.Crds;

/// <summary>Compares a record with a schema, property by property, both ways, and lists every difference.</summary>
internal static class Agreement
{
    public static IReadOnlyList<string> Differences(Type record, JsonNode schema, string path = "")
    {
        var faults = new List<string>();
        var properties = record.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));
        var fields = schema["properties"]!.AsObject();
        faults.AddRange(fields.Select(f => f.Key).Except(properties.Keys).Select(n => $"{path}.{n}: only in the schema"));
        faults.AddRange(properties.Keys.Except(fields.Select(f => f.Key)).Select(n => $"{path}.{n}: only in {record.Name}"));
        var required = schema["required"]?.AsArray().Select(n => (string)n!).ToHashSet() ?? [];
        foreach (var (name, property) in properties.Where(p => fields.ContainsKey(p.Key)))
        {
            var here = $"{path}.{name}";
            var isRequired = property.IsDefined(typeof(RequiredMemberAttribute)) || property.IsDefined(typeof(RequiredAttribute));
            if (isRequired != required.Contains(name))
                faults.Add($"{here}: {(isRequired ? "required only in the record" : "required only in the schema")}");
            faults.AddRange(Rules(property, fields[name]!).Select(f => $"{here}: {f}"));
            faults.AddRange(Types(property.PropertyType, fields[name]!, here));
        }
        return faults;
    }

    private static IEnumerable<string> Types(Type type, JsonNode schema, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var actual = (string?)schema["type"];
        var open = (bool?)schema["x-kubernetes-preserve-unknown-fields"] == true || (bool?)schema["x-kubernetes-int-or-string"] == true;
        if (type == typeof(JsonElement))
            return open ? [] : [$"{path}: {actual} instead of anything"];
        if (open)
            return [$"{path}: anything in the schema, {type.Name} in the record"];
        if (Element(type, typeof(IReadOnlyDictionary<,>), 1) is { } value)
            return Types(value, schema["additionalProperties"]!, $"{path}{{}}");
        if (Element(type, typeof(IReadOnlyList<>), 0) is { } item)
            return item == typeof(JsonElement) ? [] : Types(item, schema["items"]!, $"{path}[]");
        var expected = Simple(type);
        if (expected is null)
            return Differences(type, schema, path);
        return expected == (actual, (string?)schema["format"]) ? [] : [$"{path}: {actual} {schema["format"]} instead of {expected}"];
    }

    private static (string? Type, string? Format)? Simple(Type type) => type switch
    {
        _ when type == typeof(string) => ("string", null),
        _ when type == typeof(int) => ("integer", "int32"),
        _ when type == typeof(long) => ("integer", "int64"),
        _ when type == typeof(double) => ("number", null),
        _ when type == typeof(bool) => ("boolean", null),
        _ when type == typeof(DateTimeOffset) => ("string", "date-time"),
        _ => null,
    };

    private static IEnumerable<string> Rules(PropertyInfo property, JsonNode schema)
    {
        var values = property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.OfType<string>().Order().ToList();
        var choices = schema["enum"]?.AsArray().Select(n => (string)n!).Order().ToList();
        if (values is not null && choices?.SequenceEqual(values) != true)
            yield return $"enum {string.Join("|", choices ?? [])} instead of {string.Join("|", values)}";
        if (property.GetCustomAttribute<RangeAttribute>() is { } range
            && ((int?)schema["minimum"], (int?)schema["maximum"]) != ((int)range.Minimum, (int)range.Maximum))
            yield return $"bounds {schema["minimum"]}..{schema["maximum"]} instead of {range.Minimum}..{range.Maximum}";
        if (property.GetCustomAttribute<MaxLengthAttribute>() is { } length && (int?)schema["maxLength"] != length.Length)
            yield return $"maxLength {schema["maxLength"]} instead of {length.Length}";
        if (property.IsDefined(typeof(DurationAttribute)) != (schema["pattern"] is not null))
            yield return "a duration on one side only";
    }

    private static Type? Element(Type type, Type generic, int argument) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[argument] : null;
}
