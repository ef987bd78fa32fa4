using System.Text.Json;

namespace Bulkhead.Engine.Actions;

/// <summary>Writes an event of the author's own.</summary>
internal sealed class EventAction : IAction
{
    public ActionSignature Signature { get; } = new(
        "events.emit", "Writes an event of type custom.",
        [new("name", "string", "The author's name for it."), new("data", "any", "Any value. Default: null.", Required: false)], "nothing");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken)
    {
        call.Run.Journal.Emit("custom", call.Caller.Node, call.Caller.Branch, ("name", call["name"]), ("data", call["data"]));
        return ValueTask.FromResult<JsonElement?>(null);
    }
}
