using System.Text.Json;
using Bulkhead.Api.Templates;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Scripting;

/// <summary>Evaluates the conditions of edges, goto rules and loops in the branch's VM.</summary>
internal static class Conditions
{
    public static async Task<(bool Holds, NodeFailure? Failure)> HoldsAsync(
        Run run, Branch branch, Node node, Condition condition, JsonElement? result = null)
    {
        using var limit = new TimeLimit(branch, own: null, owner: node.Name);
        var outcome = await Script.EvaluateAsync(run, branch, node.Name, condition.Expression, limit, result, condition.Expected is null ? ExpressionUse.Condition : ExpressionUse.Match);
        if (outcome.Failed) return (false, outcome.Failure);
        if (condition.Expected is not { } expected) return (Truth.Of(outcome.Value) != condition.Negated, null);
        return (outcome.Value is { } value && string.Equals(Json.Text(value), expected, StringComparison.Ordinal), null);
    }
}
