using System.Text.Json;

namespace Bulkhead.Api.Text;

/// <summary>Turns parsed JSON into the same tree that a text gives, without lines.</summary>
internal sealed class ElementSource
{
    private readonly SourceLimits _limits = new();

    public static SourceValue Read(JsonElement element) => new ElementSource().Value(element, SourcePath.Root, 0);

    private SourceValue Value(JsonElement element, SourcePath path, int depth)
    {
        _limits.Value(path, null);
        return element.ValueKind switch
        {
            JsonValueKind.Object => Map(element, path, depth + 1),
            JsonValueKind.Array => List(element, path, depth + 1),
            JsonValueKind.String => Text(element, path),
            JsonValueKind.Number => SourceValue.OfScalar(SourceKind.Number, element.GetRawText(), path, null),
            JsonValueKind.True => SourceValue.OfScalar(SourceKind.Boolean, "true", path, null),
            JsonValueKind.False => SourceValue.OfScalar(SourceKind.Boolean, "false", path, null),
            _ => SourceValue.OfScalar(SourceKind.Null, "null", path, null),
        };
    }

    private static SourceValue Text(JsonElement element, SourcePath path)
    {
        var text = element.GetString()!;
        SourceLimits.Text(text.Length, path, null);
        return SourceValue.OfScalar(SourceKind.Text, text, path, null);
    }

    private SourceValue List(JsonElement element, SourcePath path, int depth)
    {
        SourceLimits.Enter(depth, path, null);
        SourceLimits.Item(element.GetArrayLength(), path, null);
        return SourceValue.OfList([.. element.EnumerateArray().Select((item, i) => Value(item, path.Item(i), depth))], path, null);
    }

    private SourceValue Map(JsonElement element, SourcePath path, int depth)
    {
        SourceLimits.Enter(depth, path, null);
        var fields = new FieldList(path, null);
        foreach (var property in element.EnumerateObject())
        {
            var (place, line) = fields.Open(property.Name, null);
            fields.Add(new SourceField(property.Name, line, Value(property.Value, place, depth)));
        }

        return fields.ToMap();
    }
}
