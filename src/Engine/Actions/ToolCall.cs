using System.Text.Json;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Redaction;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Actions;

/// <summary>One call to the world outside between its two events; what they show is redacted.</summary>
internal static class ToolCall
{
    public static Task<JsonElement?> RunAsync(
        Run run, string node, string? branch, IAction action, IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        var call = new ActionCall(run, node, branch, arguments);
        return action.IsQuiet
            ? action.RunAsync(call, cancellationToken).AsTask()
            : ObserveAsync(run, node, branch, action.Signature.Name, Json.Object(arguments), () => action.RunAsync(call, cancellationToken));
    }

    public static async Task<JsonElement?> ObserveAsync(
        Run run, string node, string? branch, string tool, JsonElement parameters, Func<ValueTask<JsonElement?>> work)
    {
        var started = run.Clock.GetTimestamp();
        run.Journal.Emit("tool_executing", node, branch, ("tool", Json.Of(tool)), ("parameters", Redactor.ForEvent(parameters)));
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
            run.Journal.Emit("tool_completed", node, branch,
                ("tool", Json.Of(tool)), ("success", Json.Of(error is null)), ("results", Redactor.ForEvent(value ?? Json.Null)), ("error", Json.Of(error)),
                ("duration_ms", Json.Of(run.Clock.GetElapsedTime(started).TotalMilliseconds)));
        }
    }
}
