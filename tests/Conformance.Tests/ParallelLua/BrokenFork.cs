using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Nodes;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>A fork with one fault on purpose, to see that the rows notice it.</summary>
internal sealed class BrokenFork(Run run, Fault fault, Func<ActionRegistry> newActions)
{
    private readonly Lock _lock = new();
    private readonly List<BranchResult> _ended = [];

    public static EngineParts With(Fault fault, Func<ActionRegistry> newActions) => fault is Fault.ResultLost or Fault.OldState
        ? new() { Actions = newActions(), VisitOf = run => new BrokenVisit(run, fault).RunAsync }
        : new() { Actions = newActions(), ForkOf = run => new BrokenFork(run, fault, newActions).RunAsync };

    private async Task<IReadOnlyList<BranchResult>> RunAsync(
        Branch trunk, IReadOnlyList<BranchPlan> plans, ParallelSettings settings, StopSource stop, int maxConcurrency)
    {
        var clock = Deadline.Of(settings.LuaTimeout, "Branch");
        if (fault is Fault.SharedVm or Fault.SharedState or Fault.OneAtATime or Fault.FailureSpreads or Fault.SharedDeadline)
        {
            foreach (var plan in plans) await RunBranchAsync(trunk, plan, settings, stop, clock);
            return _ended;
        }

        var results = await Task.WhenAll(plans.Select(plan => RunBranchAsync(trunk, plan, settings, stop, clock)));
        return fault == Fault.CompletionOrder ? _ended : results;
    }

    private async Task<BranchResult> RunBranchAsync(Branch trunk, BranchPlan plan, ParallelSettings settings, StopSource stop, Deadline clock)
    {
        var own = fault == Fault.OwnActions ? run with { Parts = run.Parts with { Actions = newActions() } } : run;
        var state = fault == Fault.SharedState && _ended.Count > 0 ? _ended[^1].State : plan.State;
        var branch = new Branch(own, plan.Name, state, stop)
        {
            Vm = fault == Fault.SharedVm ? trunk.Vm : new ScriptVm(own),
            Deadline = fault == Fault.SharedDeadline ? clock : Deadline.Of(settings.LuaTimeout, "Branch"),
            Variables = trunk.Variables,
            Scope = trunk.Scope,
            Until = plan.Until,
        };
        var spread = fault == Fault.FailureSpreads ? _ended.Find(r => r.Failure is not null)?.Failure : null;
        var failure = spread ?? await plan.Walk(branch);
        if (fault is not (Fault.SharedVm or Fault.VmsLeak)) branch.Dispose();
        return Add(new BranchResult { Branch = plan.Name, State = branch.State, Failure = failure });
    }

    private BranchResult Add(BranchResult result)
    {
        lock (_lock) _ended.Add(result);
        return result;
    }
}
