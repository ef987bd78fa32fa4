using System.Text.Json;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Execution;

/// <summary>What a script's coroutine came back with.</summary>
/// <param name="Kind">Which of the others is set.</param>
/// <param name="Text">The error of Failed, the function of HostCall.</param>
/// <param name="Value">The value of Returned, the arguments of HostCall.</param>
/// <param name="Reason">Of Stopped.</param>
internal readonly record struct Turn(TurnKind Kind, string? Text = null, JsonElement? Value = null, StopReason Reason = StopReason.None)
{
    internal static Turn Failed(string error) => new(TurnKind.Failed, error);

    internal static Turn Stopped(StopReason reason) => new(TurnKind.Stopped, Reason: reason);
}
