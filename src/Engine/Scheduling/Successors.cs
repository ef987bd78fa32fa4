using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scripting;

namespace Bulkhead.Engine.Scheduling;

/// <summary>Chooses the next step: goto rules, then edges, then the list; conditions see the state after the merge.</summary>
internal sealed class Successors(Run run, Workflow workflow)
{
    private static readonly Node Start = new() { Name = Workflow.StartName, Type = "start", Work = new ExpressionWork("nil"), Path = "edges" };
    private readonly Dictionary<string, string> _nextInList = workflow.Nodes
        .Zip(workflow.Nodes.Skip(1).Select(n => n.Name).Append(Workflow.EndName))
        .ToDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal);

    public Task<Step> FirstAsync(Branch trunk) =>
        workflow.Transitions.TryGetValue(Workflow.StartName, out var rules)
            ? MatchAsync(trunk, Start, rules, result: null)
            : Task.FromResult(Step.To(workflow.Nodes[0].Name));

    public Task<Step> AfterAsync(Branch branch, Node node, JsonElement? result) =>
        workflow.Transitions.TryGetValue(node.Name, out var rules) && rules.Count > 0
            ? MatchAsync(branch, node, rules, result)
            : Task.FromResult(Step.To(NextInList(branch, node.Name)));

    /// <summary>In a branch the list leads on until it would enter a sibling; then the branch is at its end.</summary>
    private string NextInList(Branch branch, string node)
    {
        var next = _nextInList[node];
        return branch.Siblings.Contains(next, StringComparer.Ordinal) ? branch.Until : next;
    }

    private async Task<Step> MatchAsync(Branch branch, Node node, IReadOnlyList<Transition> rules, JsonElement? result)
    {
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

        var tried = string.Join("; ", rules.Select(r => r.When!.Expected is { } expected ? $"{r.When.Expression} is \"{expected}\"" : r.When.Expression));
        return Step.Failed(new(NodeFailure.ActionError, $"No rule after node '{node.Name}' matches. Conditions tried: {tried}.", Retryable: false));
    }
}
