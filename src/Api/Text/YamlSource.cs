using Bulkhead.Api.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Bulkhead.Api.Text;

/// <summary>Reads YAML events into positioned values: core schema, no tags but the core ones, bounded aliases.</summary>
internal sealed class YamlSource
{
    private readonly Parser _parser;
    private readonly SourceLimits _limits = new();
    private readonly Dictionary<string, SourceValue?> _anchors = new(StringComparer.Ordinal);
    private readonly ProblemList _ambiguous;

    private YamlSource(string text, ProblemList ambiguous) => (_parser, _ambiguous) = (new Parser(new StringReader(text)), ambiguous);

    /// <summary>All documents of the text. Scalars that YAML 1.1 reads otherwise are added to <paramref name="ambiguous"/>.</summary>
    public static IReadOnlyList<SourceValue> Read(string text, ProblemList ambiguous)
    {
        var source = new YamlSource(text, ambiguous);
        try
        {
            return source.Documents();
        }
        catch (YamlException e)
        {
            var tab = e.Message.Contains("tab as indentation", StringComparison.Ordinal) ? TabLine(text) : null;
            throw new SourceFault("INVALID_YAML", $"not valid YAML: {Reason(e)}", SourcePath.Root, tab ?? Line(e.Start));
        }
        catch (Exception e) when (
            e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException or FormatException)
        {
            throw new SourceFault(
                "INVALID_YAML", "not valid YAML: is a bracket or a quotation mark missing?", SourcePath.Root, Line(source._parser.Current?.Start ?? Mark.Empty));
        }
    }

    private static string Reason(YamlException e) => Quoted.Short((e.InnerException as YamlException ?? e).Message.TrimEnd('.'));

    // The parser names the line where the mapping begins, not the one with the tab.
    private static int? TabLine(string text)
    {
        var lines = text.Split('\n');
        var line = Array.FindIndex(lines, l => l.AsSpan(0, l.Length - l.AsSpan().TrimStart(" \t").Length).Contains('\t'));
        return line < 0 ? null : line + 1;
    }

    private static int? Line(Mark mark) => mark.Line > 0 ? (int)mark.Line : null;

    private List<SourceValue> Documents()
    {
        var documents = new List<SourceValue>();
        while (_parser.MoveNext())
        {
            if (_parser.Current is not DocumentStart) continue;
            _anchors.Clear();
            if (documents.Count == InputBounds.Documents)
                throw new SourceFault(
                    "TOO_MANY_DOCUMENTS", $"the text holds more than {InputBounds.Documents:n0} documents", SourcePath.Root, Line(_parser.Current.Start));
            _parser.MoveNext();
            documents.Add(Value(SourcePath.Root, 0));
        }

        return documents;
    }

    private SourceValue Value(SourcePath path, int depth)
    {
        var parsed = _parser.Current!;
        var line = Line(parsed.Start);
        if (parsed is AnchorAlias alias) return Resolve(alias.Value.Value, path, line);
        _limits.Value(path, line);
        var anchor = parsed is NodeEvent { Anchor.IsEmpty: false } node ? node.Anchor.Value : null;
        if (anchor is not null) _anchors[anchor] = null;
        var value = parsed switch
        {
            Scalar scalar => Scalar(scalar, path, line),
            SequenceStart start => List(start, path, line, depth + 1),
            MappingStart start => Map(start, path, line, depth + 1),
            _ => throw new SourceFault("INVALID_YAML", "not valid YAML", path, line),
        };
        if (anchor is not null) _anchors[anchor] = value;
        return value;
    }

    private SourceValue Resolve(string name, SourcePath path, int? line)
    {
        if (!_anchors.TryGetValue(name, out var target))
            throw new SourceFault("UNKNOWN_ALIAS", $"the alias *{Quoted.Short(name)} has no anchor before it", path, line);
        if (target is null)
            throw new SourceFault("ALIAS_CYCLE", $"the alias *{Quoted.Short(name)} stands inside its own anchor", path, line);
        _limits.Alias(target, name, path, line);
        return target.At(path);
    }

    private SourceValue List(SequenceStart start, SourcePath path, int? line, int depth)
    {
        RequireTag(start.Tag, "tag:yaml.org,2002:seq", path, line);
        SourceLimits.Enter(depth, path, line);
        var items = new List<SourceValue>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            SourceLimits.Item(items.Count + 1, path, line);
            items.Add(Value(path.Item(items.Count), depth));
        }

        return SourceValue.OfList(items, path, line);
    }

    private SourceValue Map(MappingStart start, SourcePath path, int? line, int depth)
    {
        RequireTag(start.Tag, "tag:yaml.org,2002:map", path, line);
        SourceLimits.Enter(depth, path, line);
        var fields = new FieldList(path, line);
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var name = Key(path);
            var (place, nameLine) = fields.Open(name, Line(_parser.Current!.Start));
            _parser.MoveNext();
            fields.Add(new SourceField(name, nameLine, Value(place, depth)));
        }

        return fields.ToMap();
    }

    private string Key(SourcePath path)
    {
        var line = Line(_parser.Current!.Start);
        if (_parser.Current is AnchorAlias alias) return Resolve(alias.Value.Value, path, line).Scalar;
        if (_parser.Current is not Scalar scalar)
            throw new SourceFault("INVALID_KEY", "a mapping's key must be a single word or string, not a list or mapping", path, line);
        if (scalar is { Style: ScalarStyle.Plain, Value: "<<" })
            throw new SourceFault("MERGE_KEY", "merge keys (<<) are not part of YAML 1.2: write the fields out", path, line);
        var key = Scalar(scalar, path.Field(Quoted.Short(scalar.Value)), line);
        if (!scalar.Anchor.IsEmpty) _anchors[scalar.Anchor.Value] = key;
        return key.Scalar;
    }

    private SourceValue Scalar(Scalar scalar, SourcePath path, int? line)
    {
        SourceLimits.Text(scalar.Value.Length, path, line);
        if (!scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific) return Tagged(scalar, path, line);
        if (scalar.Style != ScalarStyle.Plain || scalar.Tag.IsNonSpecific)
            return SourceValue.OfScalar(SourceKind.Text, scalar.Value, path, line);
        var (kind, text) = YamlScalar.Plain(scalar.Value, out var ambiguous);
        if (YamlScalar.IsNotFinite(scalar.Value))
            throw new SourceFault(
                "NOT_A_JSON_NUMBER", $"{scalar.Value} is a number that JSON does not have; quote it if text is meant", path, line);
        if (ambiguous)
        {
            _ambiguous.Add(new Problem(
                ProblemClass.StructuralError, "AMBIGUOUS_SCALAR", $"'{scalar.Value}' means text here and something else in YAML 1.1 tools such as kubectl; quote it", path.ToString(), line));
        }

        return SourceValue.OfScalar(kind, text, path, line);
    }

    private static SourceValue Tagged(Scalar scalar, SourcePath path, int? line)
    {
        var (kind, text) = scalar.Tag.Value == "tag:yaml.org,2002:str"
            ? (SourceKind.Text, scalar.Value)
            : YamlScalar.Plain(scalar.Value, out _);
        var fits = scalar.Tag.Value switch
        {
            "tag:yaml.org,2002:str" => true,
            "tag:yaml.org,2002:null" => kind == SourceKind.Null,
            "tag:yaml.org,2002:bool" => kind == SourceKind.Boolean,
            "tag:yaml.org,2002:int" => kind == SourceKind.Number && !text.AsSpan().ContainsAny(".eE"),
            "tag:yaml.org,2002:float" => kind == SourceKind.Number,
            _ => throw UnsupportedTag(scalar.Tag, path, line),
        };
        return fits
            ? SourceValue.OfScalar(kind, text, path, line)
            : throw new SourceFault(
                "TAG_MISMATCH", $"'{Quoted.Short(scalar.Value)}' does not fit its tag {Quoted.Short(scalar.Tag.Value)}", path, line);
    }

    private static void RequireTag(TagName tag, string only, SourcePath path, int? line)
    {
        if (!tag.IsEmpty && !tag.IsNonSpecific && tag.Value != only) throw UnsupportedTag(tag, path, line);
    }

    private static SourceFault UnsupportedTag(TagName tag, SourcePath path, int? line) =>
        new("UNSUPPORTED_TAG", $"the YAML tag {Quoted.Short(tag.Value)} is not supported", path, line);
}
