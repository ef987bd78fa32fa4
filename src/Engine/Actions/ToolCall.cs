using System.Text.Json;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Redaction;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Actions;

/// <summary>One call to the world outside between its two events; what they show is redacted.</summary>
internal static class ToolCall
{
    public static Task<JsonElement?> RunAsync(
        Run run, Caller caller, IAction action, IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        var call = new ActionCall(run, caller, arguments);
        if (!action.IsQuiet) return ObserveAsync(run, caller, action.Signature.Name, Json.Object(arguments), () => action.RunAsync(call, cancellationToken));
        caller.Account.ChargeCall();
        return action.RunAsync(call, cancellationToken).AsTask();
    }

    public static async Task<JsonElement?> ObserveAsync(
        Run run, Caller caller, string tool, JsonElement parameters, Func<ValueTask<JsonElement?>> work)
    {
        caller.Account.ChargeCall();
        var started = run.Clock.GetTimestamp();
        run.Journal.Emit("tool_executing", caller.Node, caller.Branch, ("tool", Json.Of(tool)), ("parameters", Redactor.ForEvent(parameters)));
        string? error = null;
        JsonElement? value = null;
        try
        {
            return value = await work();
        }
        catch (Exception e)
        {
            error = e is NodeFailureException ? e.Message : e.GetType().Name;
            throw;
        }
        finally
        {
            run.Journal.Emit("tool_completed", caller.Node, caller.Branch,
                ("tool", Json.Of(tool)), ("success", Json.Of(error is null)), ("results", Redactor.ForEvent(value ?? Json.Null)), ("error", Json.Of(error)),
                ("duration_ms", Json.Of(run.Clock.GetElapsedTime(started).TotalMilliseconds)));
        }
    }
}
