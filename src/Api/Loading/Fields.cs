using System.Globalization;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Loading;

/// <summary>
/// One mapping while it is read field by field. Every name asked for is a known one; <see cref="Close"/> refuses what nobody asked for.
/// A field whose value is null counts as absent. What is asked for is noted (<see cref="AskedFields"/>) under the mapping's kind.
/// </summary>
/// <param name="map">The mapping.</param>
/// <param name="findings">Where faults go.</param>
/// <param name="shape">The kind of mapping, such as <c>node</c>: one word for all places where it may stand.</param>
internal sealed class Fields(SourceValue map, Findings findings, string shape)
{
    private readonly List<string> _known = new(32);
    private readonly List<string> _refused = [];

    public SourceValue Source => map;

    public Findings Findings => findings;

    /// <summary>Whether several readers take their fields from this mapping; then its first reader closes it, after all of them.</summary>
    public bool Shared { get; init; }

    public SourceValue? Take(string name)
    {
        _known.Add(name);
        if (Note(name) is { } form) form.IsField = true;
        return map.Find(name) is { IsNull: false } value ? value : null;
    }

    /// <summary>A field with two spellings; both at once are a fault.</summary>
    public SourceValue? Take(string name, string alias)
    {
        var (first, second) = (Take(name), Take(alias));
        Note(alias)?.AliasOf.Add(name);
        if (first is not null && second is not null)
            findings.Faults.Add("INVALID_VALUE", $"'{name}' and '{alias}' mean the same; write one of them", second);
        return first ?? second;
    }

    public bool Has(string name) => map.Find(name) is { IsNull: false };

    public string? Text(string name) => Text(Take(name), name);

    /// <param name="value">The field's value; null gives null.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="choices">The only texts that the caller goes on with; only noted here.</param>
    public string? Text(SourceValue? value, string name, IReadOnlyList<string>? choices = null)
    {
        Allows(name, "string");
        if (choices is not null && Note(name) is { } form) form.Choices = choices;
        return value?.Kind switch
        {
            null => null,
            SourceKind.Text => value.Scalar,
            SourceKind.Number or SourceKind.Boolean => Wrong<string>(value, name, "a string (put quotes around it)"),
            _ => Wrong<string>(value, name, "a string"),
        };
    }

    /// <summary>Notes further JSON types that the caller takes for a field which it reads by itself.</summary>
    public void Allows(string name, params ReadOnlySpan<string> types)
    {
        if (Note(name) is not { } form) return;
        foreach (var type in types) form.Types.Add(type);
    }

    /// <summary>What is noted of a field; null when nobody wants to know.</summary>
    public FieldForm? Note(string name) => findings.Asked?.Note(shape, name);

    public string? RequiredText(string name)
    {
        var value = Take(name);
        if (Note(name) is { } form) form.Required = true;
        if (value is null) Missing(name);
        else if (value is { Kind: SourceKind.Text } && string.IsNullOrWhiteSpace(value.Scalar))
            findings.Faults.Add("INVALID_VALUE", $"'{name}' is empty", value);
        return Text(value, name);
    }

    public bool? Flag(string name)
    {
        Allows(name, "boolean");
        return Take(name) switch
        {
            null => null,
            { Kind: SourceKind.Boolean } value => value.Scalar == "true",
            var value => Wrong<bool?>(value, name, "true or false"),
        };
    }

    public int? Whole(string name, int least, int most)
    {
        Bounds(name, "integer", least, most);
        if (Take(name) is not { } value) return null;
        if (value.Kind != SourceKind.Number || !IsWhole(value.Scalar)) return Wrong<int?>(value, name, "a whole number");
        if (int.TryParse(value.Scalar, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        findings.Faults.Add("OUT_OF_RANGE", $"'{name}' is {Quoted.Short(value.Scalar)}; it must lie between {least} and {most}", value);
        return null;
    }

    public double? Number(string name, double least, double most)
    {
        Bounds(name, "number", least, most);
        if (Take(name) is not { } value) return null;
        if (value.Kind != SourceKind.Number) return Wrong<double?>(value, name, "a number");
        if (double.TryParse(value.Scalar, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        findings.Faults.Add("OUT_OF_RANGE", $"'{name}' is {Quoted.Short(value.Scalar)}; it must lie between {least} and {most}", value);
        return null;
    }

    public TimeSpan? Duration(string name)
    {
        Allows(name, FieldForm.Duration);
        if (Take(name) is not { } value) return null;
        return Durations.Of(value) ?? Wrong<TimeSpan?>(
            value, name, "a duration: a number of seconds, or 250ms, 30s, 5m, 1h (at most 30 days)");
    }

    public TimeSpan? Milliseconds(string name)
    {
        if (Number(name, 0, Durations.Longest.TotalMilliseconds) is not { } milliseconds) return null;
        return TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <param name="name">The field.</param>
    /// <param name="itemShape">The kind of mapping that its items are, where they are some.</param>
    public SourceValue? List(string name, string? itemShape = null)
    {
        Allows(name, "array");
        if (itemShape is not null && Note(name) is { } form) form.ItemShape = itemShape;
        return OfKind(Take(name), name, SourceKind.List, "a list");
    }

    /// <param name="name">The field.</param>
    /// <param name="ofShape">The kind of mapping; null for one with any fields.</param>
    public SourceValue? Map(string name, string? ofShape = null)
    {
        Allows(name, "object");
        if (ofShape is not null && Note(name) is { } form) form.Shape = ofShape;
        return OfKind(Take(name), name, SourceKind.Map, "a mapping");
    }

    public Fields? Inner(string name, string ofShape) => Map(name, ofShape) is { } value ? new Fields(value, findings, ofShape) : null;

    /// <summary>The fields of a mapping that the caller has found in a field itself.</summary>
    public Fields Open(SourceValue value, string name, string ofShape)
    {
        Allows(name, "object");
        if (Note(name) is { } form) form.Shape = ofShape;
        return new Fields(value, findings, ofShape);
    }

    /// <summary>A list of non-empty strings.</summary>
    public IReadOnlyList<SourceValue> Texts(string name) => Texts(Take(name), name);

    public IReadOnlyList<SourceValue> Texts(SourceValue? value, string name)
    {
        Allows(name, "array");
        Note(name)?.ItemTypes.Add("string");
        if (OfKind(value, name, SourceKind.List, "a list of names") is not { } list) return [];
        foreach (var item in list.Items.Where(i => i.Kind != SourceKind.Text)) Wrong<string>(item, $"an entry of {name}", "a string");
        return [.. list.Items.Where(i => i.Kind == SourceKind.Text)];
    }

    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        Allows(name, "string");
        if (Note(name) is { } form) form.Choices = [.. choices.Keys];
        if (Take(name) is not { } value) return null;
        if (value.Kind == SourceKind.Text && choices.TryGetValue(value.Scalar, out var choice)) return choice;
        findings.Faults.Add("INVALID_VALUE", $"'{name}' must be one of {string.Join(", ", choices.Keys)}, not {Describe(value)}", value);
        return null;
    }

    /// <param name="name">The field.</param>
    /// <param name="always">False where another field would do in its place.</param>
    public void Missing(string name, bool always = true)
    {
        if (always && Note(name) is { } form) form.Required = true;
        findings.Faults.Add("MISSING_FIELD", $"'{name}' is required", map.Path, map.Line);
    }

    /// <summary>Refuses a field that is known but has no place here, with the reason.</summary>
    public void Refuse(string name, string reason)
    {
        _refused.Add(name);
        if (map.Find(name) is { IsNull: false } value) findings.Faults.Add("FIELD_NOT_ALLOWED", $"'{name}' {reason}", value);
    }

    /// <summary>Closes a mapping that is one reader's own.</summary>
    public void CloseOwn()
    {
        if (!Shared) Close();
    }

    public void Close()
    {
        foreach (var (name, line, value) in map.Fields)
        {
            if (_known.Contains(name) || _refused.Contains(name)) continue;
            if (findings.Faults.IsFull) findings.Faults.CountOnly();
            else findings.Faults.Add("UNKNOWN_FIELD", Nearest.UnknownField(name, _known), value.Path, line);
        }
    }

    public SourceValue? OfKind(SourceValue? value, string name, SourceKind kind, string what) =>
        value is null || value.Kind == kind ? value : Wrong<SourceValue>(value, name, what);

    public T? Wrong<T>(SourceValue value, string name, string wanted)
    {
        findings.Faults.Add("WRONG_TYPE", $"'{name}' must be {wanted}, not {Describe(value)}", value);
        return default;
    }

    private void Bounds(string name, string type, double least, double most)
    {
        if (Note(name) is not { } form) return;
        form.Types.Add(type);
        form.Range = (least, most);
    }

    private static string Describe(SourceValue value) => value.Kind switch
    {
        SourceKind.Null => "null",
        SourceKind.List => "a list",
        SourceKind.Map => "a mapping",
        SourceKind.Text => $"'{Quoted.Short(value.Scalar)}'",
        _ => Quoted.Short(value.Scalar),
    };

    private static bool IsWhole(string number) => !number.AsSpan().ContainsAny('.', 'e', 'E');
}
