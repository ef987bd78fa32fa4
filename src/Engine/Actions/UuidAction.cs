using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions;

/// <summary>A random identifier (RFC 9562, version 4).</summary>
internal sealed class UuidAction : IAction
{
    public ActionSignature Signature { get; } = new("uuid", "A random UUID (RFC 9562, version 4).", [], "string, 36 characters");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JsonElement?>(Json.Of(Guid.NewGuid().ToString()));
}
