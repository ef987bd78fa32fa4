using System.Text.Json;

namespace Bulkhead.Engine.Actions;

/// <summary>Writes the execution's cache.</summary>
internal sealed class CacheSetAction : IAction
{
    public ActionSignature Signature { get; } = new(
        "cache.set", "Keeps a value until the execution ends; all its branches see it (`exec:{id}:*`). A full cache is an ActionError.",
        [new("key", "string", "The key."), new("value", "any", "Any value.")], "nothing");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken)
    {
        call.Run.Resources.Cache.Set(call.Text("key"), call["value"]);
        return ValueTask.FromResult<JsonElement?>(null);
    }
}
