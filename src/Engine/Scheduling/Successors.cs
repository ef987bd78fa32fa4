using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scripting;

namespace Bulkhead.Engine.Scheduling;

/// <summary>Chooses the next step: the first rule whose condition holds on the state after the merge.</summary>
internal sealed class Successors(Run run, Workflow workflow)
{
    private static readonly Node Start = new() { Name = Workflow.StartName, Type = "start", Work = new ExpressionWork("nil"), Path = "edges" };

    public Task<Step> FirstAsync(Branch branch) => AfterAsync(branch, Start, result: null);

    public async Task<Step> AfterAsync(Branch branch, Node node, JsonElement? result)
    {
        var rules = workflow.Transitions[node.Name];
        foreach (var rule in rules)
        {
            if (rule.When is { } condition)
            {
                var (holds, failure) = await Conditions.HoldsAsync(run, branch, node, condition, result);
                if (failure is not null) return Step.Failed(failure with { Message = $"{rule.Path}: {failure.Message}" });
                if (!holds) continue;
            }

            return rule.Parallel is { } section ? Step.Fork(section) : Step.To(rule.To!);
        }

        return Step.Failed(new NodeFailure(
            NodeFailure.ActionError, $"No rule after node '{node.Name}' matches. Conditions tried: {string.Join("; ", rules.Select(r => r.When))}.", Retryable: false));
    }
}
