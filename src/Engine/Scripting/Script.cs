using System.Text.Json;
using Bulkhead.Api.Templates;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scripting;

/// <summary>Runs a chunk or an expression in a branch's VM and turns its end into an outcome.</summary>
internal static class Script
{
    public static async Task<NodeOutcome> RunAsync(Run run, Branch branch, string node, LuaScript script, TimeLimit limit, JsonElement? result = null)
    {
        var outcome = await branch.Vm.RunAsync(branch, node, script, NodeScope.For(run, branch, node, result), limit.Deadline?.Clock, limit.Token);
        return outcome.Status switch
        {
            LuaStatus.Ok => NodeOutcome.Of(outcome.Value),
            LuaStatus.TimedOut => NodeOutcome.Of(limit.Passed with { Abandoned = outcome.Abandoned }),
            LuaStatus.Cancelled => NodeOutcome.Of(branch.Stop.Reason with { Abandoned = outcome.Abandoned }),
            _ when outcome.HostError is NodeFailureException e => NodeOutcome.Of(new NodeFailure(e.ErrorType, e.Message, e.Retryable)),
            _ => NodeOutcome.Of(new NodeFailure(NodeFailure.LuaError, outcome.Error ?? "The script failed.")),
        };
    }

    /// <summary>The value of an expression that the loader has accepted.</summary>
    public static Task<NodeOutcome> EvaluateAsync(
        Run run, Branch branch, string node, string expression, TimeLimit limit, JsonElement? result = null, ExpressionUse use = ExpressionUse.Value) =>
        RunAsync(run, branch, node, LuaScript.Expression(node, run.Compiled.Expression(expression, use)), limit, result);
}
