using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scripting;

/// <summary>Answers the host calls of one branch's scripts. No thread waits while a call is under way.</summary>
internal sealed class ScriptHost(Run run) : ILuaHost
{
    private Caller? _caller;

    /// <summary>Says which visit of a node the next calls belong to.</summary>
    public void Enter(Caller caller) => _caller = caller;

    public void Print(string line) => run.PrintLog.Write(_caller!, line);

    public async ValueTask<JsonElement?> CallAsync(string function, JsonElement arguments, CancellationToken cancellationToken)
    {
        if (run.Actions.Find(function) is { } action)
            return await ToolCall.RunAsync(run, _caller!, action, ActionArguments.Positional(action.Signature, arguments), cancellationToken);
        if (function != ScriptApi.ConnectionCall) throw ActionCall.Wrong($"Unknown function '{function}'.");

        // connection, operation, arguments: the prelude's own call, so its shape is known.
        return await ConnectionCall.RunAsync(
            run, _caller!, new ConnectionRef(Json.Text(arguments[0])), arguments[1].GetString()!, arguments[2], cancellationToken);
    }
}
