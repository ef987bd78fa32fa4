namespace Bulkhead.Api.Loading;

/// <summary>
/// What the readers ask of each kind of mapping, noted while they read. The JSON Schema is made of it, so that there is one source: the
/// reader's own code.
/// </summary>
internal sealed class AskedFields
{
    private readonly OrderedDictionary<string, OrderedDictionary<string, FieldForm>> _shapes = new(StringComparer.Ordinal);

    /// <summary>The kinds of mapping in the order in which they were first read.</summary>
    public IReadOnlyList<string> Shapes => [.. _shapes.Keys];

    /// <summary>The fields of one kind, in the order in which they were first asked for.</summary>
    public OrderedDictionary<string, FieldForm> Of(string shape) =>
        new(_shapes.GetValueOrDefault(shape, []).Where(field => field.Value.IsField), StringComparer.Ordinal);

    public FieldForm Note(string shape, string name)
    {
        if (!_shapes.TryGetValue(shape, out var fields)) _shapes.Add(shape, fields = new(StringComparer.Ordinal));
        if (!fields.TryGetValue(name, out var form)) fields.Add(name, form = new FieldForm());
        return form;
    }
}
