using System.Text.Json;

namespace Bulkhead.Engine.Actions;

/// <summary>Text to value (RFC 8259).</summary>
internal sealed class JsonParseAction : IAction
{
    public ActionSignature Signature { get; } = new(
        "json.parse", "Reads JSON text (RFC 8259). Invalid text is an ActionError that names the place.", [new("text", "string", "The text.")], "the value");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken)
    {
        try
        {
            return ValueTask.FromResult<JsonElement?>(JsonElement.Parse(call.Text("text"), new JsonDocumentOptions { MaxDepth = 64 }));
        }
        catch (JsonException e)
        {
            throw ActionCall.Wrong($"json.parse: not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }
}
