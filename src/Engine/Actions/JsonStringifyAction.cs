using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions;

/// <summary>Value to text (RFC 8259).</summary>
internal sealed class JsonStringifyAction : IAction
{
    public ActionSignature Signature { get; } = new(
        "json.stringify", "Writes a value as JSON text without white space.", [new("value", "any", "The value.")], "string");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JsonElement?>(Json.Of(call["value"].GetRawText()));
}
