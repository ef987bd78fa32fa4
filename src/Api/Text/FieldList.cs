namespace Bulkhead.Api.Text;

/// <summary>The fields of one mapping while it is read: unique names, bounded count.</summary>
internal sealed class FieldList(SourcePath path, int? line)
{
    private const int ScannedBelow = 9;
    private readonly List<SourceField> _fields = [];
    private Dictionary<string, int?>? _lines;

    /// <summary>Where the value of a field will stand; refuses a name that is taken.</summary>
    public (SourcePath Path, int? Line) Open(string name, int? nameLine)
    {
        SourceLimits.Item(_fields.Count + 1, path, line);
        var place = path.Field(name);
        if (FirstLine(name, out var first))
        {
            var where = first is null ? string.Empty : $" (first on line {first})";
            throw new SourceFault(
                "DUPLICATE_FIELD", $"the field '{Quoted.Short(name)}' stands twice in one mapping{where}", place, nameLine);
        }

        return (place, nameLine);
    }

    public void Add(SourceField field)
    {
        _fields.Add(field);
        if (_lines is not null) _lines.Add(field.Name, field.Line);
        else if (_fields.Count == ScannedBelow) _lines = _fields.ToDictionary(f => f.Name, f => f.Line, StringComparer.Ordinal);
    }

    public SourceValue ToMap() => SourceValue.OfMap(_fields, path, line);

    private bool FirstLine(string name, out int? first)
    {
        if (_lines is not null) return _lines.TryGetValue(name, out first);
        first = null;
        foreach (var field in _fields)
        {
            if (field.Name != name) continue;
            first = field.Line;
            return true;
        }

        return false;
    }
}
