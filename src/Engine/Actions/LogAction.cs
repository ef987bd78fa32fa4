using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions;

/// <summary>Writes an event of type <c>log</c>.</summary>
internal sealed class LogAction(string level) : IAction
{
    public static IReadOnlyList<LogAction> All { get; } = [new("info"), new("warn"), new("error")];

    public ActionSignature Signature { get; } = new(
        $"log.{level}", $"Logs a message with level {level}.", [new("message", "any", "Text, or any value (logged as JSON).")], "nothing");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken)
    {
        call.Run.Journal.Emit("log", call.Caller.Node, call.Caller.Branch, ("level", Json.Of(level)), ("message", Json.Of(Json.Text(call["message"]))));
        return ValueTask.FromResult<JsonElement?>(null);
    }
}
