using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>The visit of a node with one fault on purpose, to see that the rows of sequential execution notice it.</summary>
internal sealed class BrokenVisit(Run run, Fault fault)
{
    private readonly NodeRunner _runner = new(run);
    private State? _first;

    public async Task<NodeOutcome> RunAsync(Branch branch, Node node)
    {
        _first ??= branch.State;
        if (fault == Fault.OldState) branch.State = _first;
        var outcome = await _runner.RunAsync(branch, node);
        return fault == Fault.ResultLost && !outcome.Failed ? NodeOutcome.Of((System.Text.Json.JsonElement?)null) : outcome;
    }
}
