namespace Bulkhead.Api.Text;

/// <summary>Counts what one text has built so far and stops it at the bounds.</summary>
internal sealed class SourceLimits
{
    private int _values;
    private long _expanded;

    public static void Enter(int depth, SourcePath path, int? line)
    {
        if (depth > InputBounds.Depth)
            throw new SourceFault("TOO_DEEP", $"lists and mappings are nested deeper than {InputBounds.Depth} levels", path, line);
    }

    public void Value(SourcePath path, int? line, int count = 1)
    {
        _values += count;
        if (_values > InputBounds.Values)
            throw new SourceFault("TOO_MANY_VALUES", $"the document has more than {InputBounds.Values:n0} values", path, line);
    }

    public static void Text(int length, SourcePath path, int? line)
    {
        if (length > InputBounds.StringLength)
            throw new SourceFault(
                "STRING_TOO_LONG", $"a string has {length:n0} characters; at most {InputBounds.StringLength:n0} are allowed", path, line);
    }

    public static void Item(int count, SourcePath path, int? line)
    {
        if (count > InputBounds.ListLength)
            throw new SourceFault("LIST_TOO_LONG", $"a list or mapping has more than {InputBounds.ListLength:n0} entries", path, line);
    }

    /// <summary>Accounts for one alias: its values, and its text against the size bound of a whole document.</summary>
    public void Alias(SourceValue target, string name, SourcePath path, int? line)
    {
        Value(path, line, target.Count);
        _expanded += Size(target);
        if (_expanded > InputBounds.DocumentBytes)
        {
            throw new SourceFault(
                "ALIAS_EXPANSION", $"YAML aliases expand the document by more than {InputBounds.DocumentBytes / 1024} KiB (at *{Quoted.Short(name)})", path, line);
        }
    }

    private static long Size(SourceValue value) =>
        1 + value.Scalar.Length + value.Items.Sum(Size) + value.Fields.Sum(f => f.Name.Length + Size(f.Value));
}
