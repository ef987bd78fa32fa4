using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>Walks a state graph: node, merge, next; forks parallel sections on the way.</summary>
internal sealed class StateGraph(Run run, Workflow workflow)
{
    private readonly Dictionary<string, Node> _nodes = workflow.Nodes.ToDictionary(n => n.Name, StringComparer.Ordinal);
    private readonly Successors _successors = new(run, workflow);
    private readonly ParallelRunner _parallel = new(run);
    private readonly NodeVisit _visit = run.Parts.VisitOf(run);

    /// <summary>Walks from the document's start to its end. Null when it got there.</summary>
    public async Task<NodeFailure?> RunAsync(Branch branch) => await WalkAsync(branch, await _successors.FirstAsync(branch));

    /// <summary>Goes on where a checkpoint was written.</summary>
    public async Task<NodeFailure?> ResumeAsync(Branch branch, string node, bool after) =>
        await WalkAsync(branch, after ? await NextAsync(branch, _nodes[node], result: null) : await VisitAsync(branch, _nodes[node]));

    private async Task<NodeFailure?> WalkAsync(Branch branch, Step step)
    {
        while (true)
        {
            if (step.Failure is { } failure) return failure;
            if (branch.Ended is { } ended) return ended;
            if (step.Parallel is { } section)
            {
                var results = await _parallel.RunAsync(branch, PlansOf(branch, section), section.Settings);
                branch.State = branch.State.With("parallel_results", results);
                step = Step.To(section.FanIn);
                continue;
            }

            if (step.Node is null or Workflow.EndName || string.Equals(step.Node, branch.Until, StringComparison.Ordinal)) return null;
            var node = _nodes[step.Node];
            if (node.Interrupt == Interrupt.Before) return Interrupted(branch, node);
            step = await VisitAsync(branch, node);
        }
    }

    private async Task<Step> VisitAsync(Branch branch, Node node)
    {
        var outcome = await _visit(branch, node);
        if (outcome.Failed)
        {
            if (!ErrorState.Continues(branch, node, outcome.Failure)) return Step.Failed(outcome.Failure);
            if (node.Fallback is { } fallback) return Step.To(fallback);
        }
        else
        {
            branch.State = branch.State.Merge(outcome.Value, node.Output ?? (node.Work is FanOutWork ? "parallel_results" : null));
        }

        return node.Interrupt == Interrupt.After ? Step.Failed(Interrupted(branch, node)) : await NextAsync(branch, node, outcome.Value);
    }

    private async Task<Step> NextAsync(Branch branch, Node node, JsonElement? result) =>
        node.Work is FanOutWork { FanIn: { } fanIn } ? Step.To(fanIn) : await _successors.AfterAsync(branch, node, result);

    private List<BranchPlan> PlansOf(Branch trunk, ParallelSection section) =>
    [
        .. section.Branches.Select(first => new BranchPlan(first, trunk.State, branch => WalkAsync(branch, Step.To(first)))
        {
            Until = section.FanIn,
        }),
    ];

    private NodeFailure Interrupted(Branch branch, Node node)
    {
        run.Journal.Emit("interrupt", node.Name, branch.Name);
        return NodeFailure.Interrupted(node.Name, after: node.Interrupt == Interrupt.After);
    }
}
