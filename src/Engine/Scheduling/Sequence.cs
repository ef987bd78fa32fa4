using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>Runs nodes one after the other in one branch: a loop's body, a fan-out's steps, <c>finally</c>.</summary>
internal sealed class Sequence(NodeRunner runner)
{
    /// <returns>Null when all have run.</returns>
    public async Task<NodeFailure?> RunAsync(Branch branch, IReadOnlyList<Node> nodes)
    {
        foreach (var node in nodes)
        {
            if (branch.Ended is { } ended) return ended;
            var outcome = await runner.RunAsync(branch, node);
            if (!outcome.Failed) branch.State = branch.State.Merge(outcome.Value, node.Output);
            else if (!ErrorState.Continues(branch, node, outcome.Failure)) return outcome.Failure;
        }

        return null;
    }
}
