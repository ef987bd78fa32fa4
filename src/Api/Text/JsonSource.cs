using System.Text.Json;

namespace Bulkhead.Api.Text;

/// <summary>Reads one JSON text into positioned values.</summary>
internal ref struct JsonSource
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly SourceLimits _limits;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _counted;

    private JsonSource(ReadOnlySpan<byte> utf8, SourceLimits limits)
    {
        _utf8 = utf8;
        _limits = limits;
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = InputBounds.Depth + 8 });
    }

    public static SourceValue Read(ReadOnlySpan<byte> utf8)
    {
        var source = new JsonSource(utf8, new SourceLimits());
        try
        {
            source.Next();
            var root = source.Value(SourcePath.Root, 0);
            source._reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            throw new SourceFault("INVALID_JSON", $"not valid JSON: {Reason(e)}", SourcePath.Root, (int?)e.LineNumber + 1);
        }
    }

    // The reader's own text goes on with its position, which the problem carries as its line.
    private static string Reason(JsonException e) =>
        Quoted.Short(e.Message.Split(" LineNumber:", 2)[0].Split(" Change the reader options", 2)[0].TrimEnd('.'));

    private bool Next()
    {
        var read = _reader.Read();
        var start = (int)_reader.TokenStartIndex;
        _line += _utf8[_counted..start].Count((byte)'\n');
        _counted = start;
        return read;
    }

    private SourceValue Value(SourcePath path, int depth)
    {
        _limits.Value(path, _line);
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => Map(path, depth + 1),
            JsonTokenType.StartArray => List(path, depth + 1),
            JsonTokenType.String => SourceValue.OfScalar(SourceKind.Text, Text(path), path, _line),
            JsonTokenType.Number =>
                SourceValue.OfScalar(SourceKind.Number, System.Text.Encoding.UTF8.GetString(_reader.ValueSpan), path, _line),
            JsonTokenType.True => SourceValue.OfScalar(SourceKind.Boolean, "true", path, _line),
            JsonTokenType.False => SourceValue.OfScalar(SourceKind.Boolean, "false", path, _line),
            _ => SourceValue.OfScalar(SourceKind.Null, "null", path, _line),
        };
    }

    private SourceValue List(SourcePath path, int depth)
    {
        var line = _line;
        SourceLimits.Enter(depth, path, line);
        var items = new List<SourceValue>();
        while (Next() && _reader.TokenType != JsonTokenType.EndArray)
        {
            SourceLimits.Item(items.Count + 1, path, line);
            items.Add(Value(path.Item(items.Count), depth));
        }

        return SourceValue.OfList(items, path, line);
    }

    private SourceValue Map(SourcePath path, int depth)
    {
        var line = _line;
        SourceLimits.Enter(depth, path, line);
        var fields = new FieldList(path, line);
        while (Next() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(path);
            var (place, nameLine) = fields.Open(name, _line);
            Next();
            fields.Add(new SourceField(name, nameLine, Value(place, depth)));
        }

        return fields.ToMap();
    }

    private string Text(SourcePath path)
    {
        SourceLimits.Text(_reader.ValueSpan.Length > InputBounds.StringLength * 6 ? _reader.ValueSpan.Length : 0, path, _line);
        string text;
        try
        {
            text = _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new SourceFault("INVALID_JSON", "not valid JSON: a string holds half of a surrogate pair", path, _line);
        }

        SourceLimits.Text(text.Length, path, _line);
        return text;
    }
}
