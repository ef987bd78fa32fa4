using System.Globalization;
using System.Text.Json;
using Bulkhead.Engine.Data;

namespace Bulkhead.Engine.Actions;

/// <summary>The clock.</summary>
internal sealed class TimeAction : IAction
{
    public ActionSignature Signature { get; } = new("time.now", "The time in UTC.", [], "string, ISO 8601 with milliseconds: `2026-01-31T12:00:00.000Z`");

    public bool IsQuiet => true;

    public ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken) => ValueTask.FromResult<JsonElement?>(
        Json.Of(call.Run.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)));
}
