using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>
/// Gives each branch its own VM and the state as it was at the fork. A failed branch stops no other unless <c>fail_fast</c> says so; a
/// retry runs the whole branch again from its first node, with a fresh VM and the state of the fork.
/// </summary>
internal sealed class BranchFork(Run run)
{
    public async Task<IReadOnlyList<BranchResult>> RunAsync(
        Branch trunk, IReadOnlyList<BranchPlan> plans, ParallelSettings settings, StopSource stop, int maxConcurrency)
    {
        using var places = new SemaphoreSlim(maxConcurrency);
        return await Task.WhenAll(plans.Select(plan => RunBranchAsync(trunk, plan, settings, stop, places)));
    }

    private async Task<BranchResult> RunBranchAsync(Branch trunk, BranchPlan plan, ParallelSettings settings, StopSource stop, SemaphoreSlim places)
    {
        await places.WaitAsync(CancellationToken.None);
        try
        {
            run.Journal.Emit("branch_start", branch: plan.Name);
            var started = run.Clock.GetTimestamp();
            var circuit = run.Circuits.For(plan.Name, settings.CircuitBreaker);
            var result = await Retrying.RunAsync(
                settings.RetryPolicy, run.Clock, r => r.Failure, retries => TryAsync(trunk, plan, settings, stop, circuit, retries),
                last => last with { Failure = stop.Reason }, stop.Token);
            result = result with { TimingMs = run.Clock.GetElapsedTime(started).TotalMilliseconds, CircuitState = circuit?.State };
            Complete(result);
            if (settings.FailFast && result.Failure is not (null or { Type: NodeFailure.Stopped }))
                stop.Stop(new NodeFailure(NodeFailure.Cancelled, $"Branch '{plan.Name}' failed and fail_fast is set.", Retryable: false));
            return result;
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<BranchResult> TryAsync(Branch trunk, BranchPlan plan, ParallelSettings settings, StopSource stop, CircuitBreaker? circuit, int retries)
    {
        var result = new BranchResult { Branch = plan.Name, State = plan.State, RetryCount = retries };
        if (stop.Token.IsCancellationRequested) return result with { Failure = stop.Reason };
        if (circuit?.TryEnter() == false) return result with { Failure = new(NodeFailure.ActionError, "Circuit breaker open", Retryable: false) };

        using var branch = new Branch(run, plan.Name, plan.State, stop)
        {
            Deadline = Deadline.Of(settings.LuaTimeout, $"Branch '{plan.Name}'", trunk.Deadline),
            Variables = trunk.Variables,
            Scope = trunk.Scope,
            Until = plan.Until,
        };
        var failure = await plan.Walk(branch);
        if (failure is { Type: NodeFailure.Cancelled or NodeFailure.Stopped }) circuit?.Leave();
        else circuit?.Record(failure is null);
        return result with { State = branch.State, Failure = failure };
    }

    private void Complete(BranchResult result) => run.Journal.Emit("branch_complete", branch: result.Branch, fields:
    [
        ("success", Json.Of(result.Failure is null)), ("error", Json.Of(result.Failure?.Message)), ("error_type", Json.Of(result.Failure?.Type)),
        ("retry_count", Json.Of(result.RetryCount)), ("duration_ms", Json.Of(result.TimingMs)),
    ]);
}
