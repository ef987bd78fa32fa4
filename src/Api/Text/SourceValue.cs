using System.Buffers;
using System.Text.Json;

namespace Bulkhead.Api.Text;

/// <summary>One value of an input text, JSON or YAML, that knows where it stands. Immutable.</summary>
public sealed class SourceValue
{
    private SourceValue(SourceKind kind, SourcePath path, int? line) => (Kind, Path, Line) = (kind, path, line);

    public SourceKind Kind { get; }

    public SourcePath Path { get; }

    /// <summary>1-based line of the value's first character, where known.</summary>
    public int? Line { get; }

    /// <summary>The text of a string, the JSON literal of a number, <c>true</c>, <c>false</c> or <c>null</c>; empty for lists and mappings.</summary>
    public string Scalar { get; private init; } = string.Empty;

    public IReadOnlyList<SourceValue> Items { get; private init; } = [];

    /// <summary>The fields in the order of the text; names are unique.</summary>
    public IReadOnlyList<SourceField> Fields { get; private init; } = [];

    /// <summary>Values in this tree, itself included.</summary>
    public int Count { get; private init; } = 1;

    public bool IsNull => Kind == SourceKind.Null;

    public static SourceValue OfScalar(SourceKind kind, string text, SourcePath path, int? line) => new(kind, path, line) { Scalar = text };

    public static SourceValue OfList(IReadOnlyList<SourceValue> items, SourcePath path, int? line) =>
        new(SourceKind.List, path, line) { Items = items, Count = 1 + items.Sum(i => i.Count) };

    public static SourceValue OfMap(IReadOnlyList<SourceField> fields, SourcePath path, int? line) =>
        new(SourceKind.Map, path, line) { Fields = fields, Count = 1 + fields.Sum(f => f.Value.Count) };

    /// <summary>The value of a field, or null when the mapping has none of that name (or is no mapping).</summary>
    public SourceValue? Find(string name)
    {
        foreach (var field in Fields)
        {
            if (field.Name == name) return field.Value;
        }

        return null;
    }

    /// <summary>The same value at another place: what a YAML alias stands for, or a document lifted out of a manifest.</summary>
    public SourceValue At(SourcePath path) => Kind switch
    {
        SourceKind.List => OfList([.. Items.Select((item, i) => item.At(path.Item(i)))], path, Line),
        SourceKind.Map => OfMap([.. Fields.Select(f => f with { Value = f.Value.At(path.Field(f.Name)) })], path, Line),
        _ => OfScalar(Kind, Scalar, path, Line),
    };

    /// <summary>The value as JSON; numbers keep the digits that the author wrote.</summary>
    public JsonElement ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) WriteTo(writer);
        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = InputBounds.Depth + 2 });
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case SourceKind.Null: writer.WriteNullValue(); break;
            case SourceKind.Boolean: writer.WriteBooleanValue(Scalar == "true"); break;
            case SourceKind.Number: writer.WriteRawValue(Scalar, skipInputValidation: true); break;
            case SourceKind.Text: writer.WriteStringValue(Scalar); break;
            case SourceKind.List: WriteItems(writer); break;
            default: WriteFields(writer); break;
        }
    }

    private void WriteItems(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var item in Items) item.WriteTo(writer);
        writer.WriteEndArray();
    }

    private void WriteFields(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, _, value) in Fields)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
