using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions;

/// <summary>Lays one object over another, all levels deep.</summary>
internal sealed class DataMergeAction : IAction
{
    public ActionSignature Signature { get; } = new(
        "data.merge", "Lays the second object over the first, all levels deep; lists and scalars are replaced whole.",
        [new("base", "object", "Below."), new("over", "object", "On top.")], "object");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JsonElement?>(Merge(call["base"], call["over"]));

    private static JsonElement Merge(JsonElement below, JsonElement over)
    {
        if (below.ValueKind != JsonValueKind.Object || over.ValueKind != JsonValueKind.Object) return over;
        var merged = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in Json.Fields(below)) merged[name] = value;
        foreach (var (name, value) in Json.Fields(over)) merged[name] = merged.TryGetValue(name, out var old) ? Merge(old, value) : value;
        return Json.Object(merged);
    }
}
