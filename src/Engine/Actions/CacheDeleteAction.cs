using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions;

/// <summary>Removes from the execution's cache.</summary>
internal sealed class CacheDeleteAction : IAction
{
    public ActionSignature Signature { get; } = new(
        "cache.delete", "Removes a value of this execution's cache.", [new("key", "string", "The key.")], "boolean: whether there was one");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JsonElement?>(Json.Of(call.Run.Resources.Cache.Remove(call.Text("key"))));
}
