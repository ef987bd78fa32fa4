using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>
/// Runs a dependency graph group by group (NORP-005). Each node is a branch with its own VM; a group is a barrier; after a
/// failure the group finishes and later groups are skipped.
/// </summary>
internal sealed class DependencyGraph(Run run)
{
    private readonly Dictionary<string, Node> _nodes = run.Workflow.Nodes.ToDictionary(n => n.Name, StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonElement> _outputs = new(StringComparer.Ordinal);
    private readonly NodeRunner _runner = new(run);

    /// <summary>State at the end: <c>{input, nodes: {id: {output}}}</c>.</summary>
    public State State { get; private set; } = Data.State.Empty;

    public async Task<NodeFailure?> RunAsync(State input, StopSource stop)
    {
        NodeFailure? failure = null;
        foreach (var group in run.Workflow.Plan!.ParallelGroups)
        {
            if (failure is null && stop.Token.IsCancellationRequested) failure = stop.Reason;
            if (failure is not null)
            {
                Skip(group);
                continue;
            }

            var scope = Scope(input);
            var outcomes = await Task.WhenAll(group.Nodes.Select(id => RunNodeAsync(_nodes[id], group.Parallel, input, scope, stop)));
            foreach (var (id, outcome) in group.Nodes.Zip(outcomes))
            {
                failure ??= outcome.Failure;
                if (!outcome.Failed) _outputs[id] = Json.Object([new("output", outcome.Value ?? Json.Null)]);
            }
        }

        State = State.With("input", input.ToJson()).With("nodes", Json.Object(_outputs));
        return failure;
    }

    private async Task<NodeOutcome> RunNodeAsync(
        Node node, bool parallel, State input, IReadOnlyDictionary<string, JsonElement> scope, StopSource stop)
    {
        using var branch = new Branch(run, parallel ? node.Name : null, input, stop)
        {
            Deadline = Deadline.Of(run.Workflow.Settings.Parallel.LuaTimeout, $"Node '{node.Name}'"),
            Scope = scope,
        };
        var outcome = await _runner.RunAsync(branch, node);
        return outcome is { Failed: true, Failure.Type: not NodeFailure.Stopped } && node.OnError == OnError.Graceful && !stop.Token.IsCancellationRequested
            ? NodeOutcome.Of(ErrorState.OutputOf(node, outcome.Failure))
            : outcome;
    }

    private Dictionary<string, JsonElement> Scope(State input) => new(StringComparer.Ordinal)
    {
        ["input"] = input.ToJson(),
        ["nodes"] = Json.Object(_outputs),
        ["variable"] = Json.Object(run.Workflow.Variables),
    };

    private void Skip(ParallelGroup group)
    {
        foreach (var id in group.Nodes) run.Journal.Add(new NodeResult { Name = id, Status = NodeStatus.Skipped });
    }
}
