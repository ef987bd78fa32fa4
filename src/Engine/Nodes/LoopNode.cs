using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Engine.Scripting;

namespace Bulkhead.Engine.Nodes;

/// <summary><c>while_loop</c>: runs its body in the branch's own VM while the condition holds; reaching the limit is an error.</summary>
internal sealed class LoopNode(Run run, NodeRunner runner)
{
    private readonly Sequence _sequence = new(runner);

    /// <summary>The loop's own time-out bounds everything in it.</summary>
    public async Task<NodeOutcome> RunAsync(Branch branch, Node node, LoopWork loop, TimeLimit limit)
    {
        var outer = branch.Deadline;
        branch.Deadline = limit.Deadline;
        try
        {
            return await IterateAsync(branch, node, loop);
        }
        finally
        {
            branch.Deadline = outer;
        }
    }

    private async Task<NodeOutcome> IterateAsync(Branch branch, Node node, LoopWork loop)
    {
        run.Journal.Emit("loop_start", node.Name, branch.Name, ("max_iterations", Json.Of(loop.MaxIterations)));
        for (var iteration = 0; ; iteration++)
        {
            var (holds, failure) = await Conditions.HoldsAsync(run, branch, node, new Condition(loop.Condition));
            if (failure is not null) return NodeOutcome.Of(failure with { Message = $"{node.Path}.condition: {failure.Message}" });
            if (!holds) return End(branch, node, iteration);
            if (iteration == loop.MaxIterations) return LimitReached(branch, node, loop);
            run.Journal.Emit("loop_iteration", node.Name, branch.Name, ("iteration", Json.Of(iteration)));
            if (await _sequence.RunAsync(branch, loop.Body) is { } failed) return NodeOutcome.Of(failed);
        }
    }

    private NodeOutcome End(Branch branch, Node node, int iterations)
    {
        run.Journal.Emit("loop_end", node.Name, branch.Name, ("iterations", Json.Of(iterations)));
        return NodeOutcome.Of((System.Text.Json.JsonElement?)null);
    }

    private NodeOutcome LimitReached(Branch branch, Node node, LoopWork loop)
    {
        End(branch, node, loop.MaxIterations);
        return NodeOutcome.Of(new NodeFailure(
            NodeFailure.ActionError,
            $"Loop '{node.Name}' reached max_iterations ({loop.MaxIterations}) while its condition still holds: {loop.Condition}",
            Retryable: false));
    }
}
