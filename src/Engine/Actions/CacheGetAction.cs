using System.Text.Json;

namespace Bulkhead.Engine.Actions;

/// <summary>Reads the execution's cache.</summary>
internal sealed class CacheGetAction : IAction
{
    public ActionSignature Signature { get; } = new(
        "cache.get", "Reads a value of this execution's cache.", [new("key", "string", "The key.")], "the value, or nothing");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(call.Run.Resources.Cache.Find(call.Text("key")));
}
