using System.Text.Json;
using Bulkhead.Api.Templates;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Engine.Scripting;

namespace Bulkhead.Engine.Nodes;

/// <summary><c>dynamic_parallel</c>: one branch for each item of a list; its value is <c>parallel_results</c>.</summary>
internal sealed class FanOutNode(Run run, NodeRunner runner)
{
    /// <summary>Most items of one list.</summary>
    public const int MaxItems = 10_000;

    public async Task<NodeOutcome> RunAsync(Branch branch, Node node, FanOutWork work, TimeLimit limit)
    {
        var items = await Script.EvaluateAsync(run, branch, node.Name, work.Items, limit, use: ExpressionUse.Match);
        if (items.Failed) return NodeOutcome.Of(items.Failure with { Message = $"{node.Path}.items: {items.Failure.Message}" });
        if (items.Value is not { ValueKind: JsonValueKind.Array } list)
            return Refused(node, $"items must be a list, but '{work.Items}' is {items.Value?.ValueKind.ToString().ToLowerInvariant() ?? "nil"}.");
        if (list.GetArrayLength() > MaxItems) return Refused(node, $"items has {list.GetArrayLength()} entries; at most {MaxItems} are allowed.");

        var plans = list.EnumerateArray().Select((item, index) => PlanOf(branch, node, work, item, index)).ToList();
        var results = await new ParallelRunner(run).RunAsync(branch, plans, work.Settings, work.MaxConcurrency);
        return limit.Reason is { } ended ? NodeOutcome.Of(ended) : NodeOutcome.Of(results);
    }

    private BranchPlan PlanOf(Branch trunk, Node node, FanOutWork work, JsonElement item, int index)
    {
        var state = trunk.State.With(work.ItemVariable, item).With(work.IndexVariable, Json.Of(index));
        return new BranchPlan($"{node.Name}[{index}]", state, work.Subgraph is { } subgraph
            ? branch => RunSubgraphAsync(branch, subgraph)
            : branch => new Sequence(runner).RunAsync(branch, work.Steps));
    }

    private Task<NodeFailure?> RunSubgraphAsync(Branch branch, Workflow subgraph)
    {
        branch.State = State.Empty.With(subgraph.InitialState).With(branch.State.Fields);
        return new StateGraph(run, subgraph).RunAsync(branch);
    }

    private static NodeOutcome Refused(Node node, string message) =>
        NodeOutcome.Of(new NodeFailure(NodeFailure.ActionError, $"{node.Path}: {message}", Retryable: false));
}
