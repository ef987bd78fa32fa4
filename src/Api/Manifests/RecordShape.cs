using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Manifests;

/// <summary>
/// Compares a value with the JSON contract of a record: unknown fields, wrong types, missing and invalid values, each with path and line.
/// The contract is the serialiser's own, so that the two cannot differ.
/// </summary>
internal sealed class RecordShape(JsonSerializerOptions contract, ProblemList faults)
{
    /// <summary>The record, or null after a fault.</summary>
    public T? Read<T>(SourceValue value)
        where T : class
    {
        var before = faults.Count;
        var type = contract.GetTypeInfo(typeof(T));
        Check(value, type, null);
        return faults.Count > before ? null : (T?)value.ToJson().Deserialize(type);
    }

    private void Check(SourceValue value, JsonTypeInfo type, string? name)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when Is(value, SourceKind.Map, name, "a mapping"):
                Fields(value, type);
                break;
            case JsonTypeInfoKind.Enumerable when Is(value, SourceKind.List, name, "a list"):
                foreach (var item in value.Items) Check(item, contract.GetTypeInfo(type.ElementType!), $"an entry of {name}");
                break;
            case JsonTypeInfoKind.Dictionary when Is(value, SourceKind.Map, name, "a mapping"):
                foreach (var field in value.Fields) Check(field.Value, contract.GetTypeInfo(type.ElementType!), field.Name);
                break;
            case JsonTypeInfoKind.None:
                Scalar(value, Nullable.GetUnderlyingType(type.Type) ?? type.Type, name);
                break;
        }
    }

    private void Scalar(SourceValue value, Type type, string? name)
    {
        if (type == typeof(string))
            Is(value, SourceKind.Text, name, value.Kind is SourceKind.Number or SourceKind.Boolean ? "a string (put quotes around it)" : "a string");
        else if (type == typeof(bool)) Is(value, SourceKind.Boolean, name, "true or false");
        else if (type == typeof(int) && !(value.Kind == SourceKind.Number && int.TryParse(value.Scalar, out _)))
            Wrong(value, name, "a whole number of 32 bits");
    }

    private void Fields(SourceValue value, JsonTypeInfo type)
    {
        var known = type.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var (name, line, field) in value.Fields)
        {
            if (known.TryGetValue(name, out var property)) Field(field, property);
            else if (faults.IsFull) faults.CountOnly();
            else faults.Add("UNKNOWN_FIELD", Nearest.UnknownField(name, known.Keys), field.Path, line);
        }

        foreach (var missing in known.Values.Where(p => p.IsRequired && value.Find(p.Name) is not { IsNull: false }))
            faults.Add("MISSING_FIELD", $"'{missing.Name}' is required", value);
    }

    private void Field(SourceValue value, JsonPropertyInfo property)
    {
        if (value.IsNull) return;
        var before = faults.Count;
        Check(value, contract.GetTypeInfo(property.PropertyType), property.Name);
        if (faults.Count > before) return;
        foreach (var rule in property.AttributeProvider?.GetCustomAttributes(typeof(ValidationAttribute), inherit: false) ?? [])
            Rule((ValidationAttribute)rule, value, property.Name);
    }

    private void Rule(ValidationAttribute rule, SourceValue value, string name)
    {
        object content = value.Kind == SourceKind.Number && int.TryParse(value.Scalar, out var number) ? number : value.Scalar;
        if ((value.Kind is SourceKind.Map or SourceKind.List) || rule.IsValid(content)) return;
        var wanted = rule switch
        {
            AllowedValuesAttribute allowed => $"must be one of {string.Join(", ", allowed.Values.OfType<string>())}",
            RangeAttribute range => $"must lie between {range.Minimum} and {range.Maximum}",
            MaxLengthAttribute most => $"must have at most {most.Length} characters",
            RequiredAttribute => "must not be empty",
            _ => rule.FormatErrorMessage(name),
        };
        faults.Add("INVALID_VALUE", $"'{name}' {wanted}, not '{Quoted.Short(value.Scalar)}'", value);
    }

    private bool Is(SourceValue value, SourceKind kind, string? name, string wanted)
    {
        if (value.Kind == kind) return true;
        Wrong(value, name, wanted);
        return false;
    }

    private void Wrong(SourceValue value, string? name, string wanted) =>
        faults.Add("WRONG_TYPE", $"{(name is null ? "the value" : $"'{Quoted.Short(name)}'")} must be {wanted}", value);
}
