using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions;

/// <summary>Keeps the entries of a list that have given values.</summary>
internal sealed class DataFilterAction : IAction
{
    public ActionSignature Signature { get; } = new(
        "data.filter", "Keeps the objects of a list whose fields equal all given values.",
        [new("list", "list", "Objects."), new("where", "object", "Field names and the values that they must have.")], "list, in the same order");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken)
    {
        var where = Json.Fields(call["where"]).ToList();
        return ValueTask.FromResult<JsonElement?>(Json.Array(call["list"].EnumerateArray().Where(entry => where.TrueForAll(w =>
            entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(w.Key, out var value) && JsonElement.DeepEquals(value, w.Value)))));
    }
}
