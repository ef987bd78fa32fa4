using System.Collections.Immutable;
using System.Text.Json;

namespace Bulkhead.Engine.Data;

/// <summary>
/// The JSON object that nodes read and extend. Immutable, as its values are: handing it to a branch is a deep copy
/// by construction, and a node's in-place changes cannot reach it.
/// </summary>
internal sealed class State
{
    private readonly ImmutableSortedDictionary<string, JsonElement> _fields;

    private State(ImmutableSortedDictionary<string, JsonElement> fields) => _fields = fields;

    public static State Empty { get; } = new(ImmutableSortedDictionary.Create<string, JsonElement>(StringComparer.Ordinal));

    public IReadOnlyDictionary<string, JsonElement> Fields => _fields;

    public State With(string name, JsonElement value) => new(_fields.SetItem(name, value));

    public State With(IEnumerable<KeyValuePair<string, JsonElement>> fields) => new(_fields.SetItems(fields));

    /// <summary>
    /// A node's result over this state: an object is merged field by field, nothing leaves it as it is, any other value becomes
    /// <c>result</c>; with <paramref name="output"/> the value goes to that field whatever it is.
    /// </summary>
    public State Merge(JsonElement? result, string? output)
    {
        if (result is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value) return this;
        if (output is not null) return With(output, value);
        if (value.ValueKind != JsonValueKind.Object) return With("result", value);
        return With(value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value)));
    }

    /// <summary>Without a field that still has the value it had in <paramref name="former"/>.</summary>
    public State WithoutInherited(string name, State former) =>
        _fields.TryGetValue(name, out var value) && former._fields.TryGetValue(name, out var old) && JsonElement.DeepEquals(value, old)
            ? new State(_fields.Remove(name))
            : this;

    public JsonElement ToJson() => Json.Object(_fields);
}
