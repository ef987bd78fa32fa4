using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;
using Bulkhead.Lua;

namespace Bulkhead.Engine.Scheduling;

/// <summary>
/// Runs branches side by side and joins their results in the order of their plans. A failed branch stops no other unless
/// <c>fail_fast</c> says so; a retry runs the whole branch again with a fresh VM and the state as it was at the fork.
/// </summary>
internal sealed class ParallelRunner(Run run)
{
    /// <summary>Most branches that live (hold a VM) at one time; further ones wait for a place.</summary>
    public const int MaxLiveBranches = 2048;

    /// <returns><c>parallel_results</c>: one object for each plan, in the order of the plans.</returns>
    public async Task<JsonElement> RunAsync(Branch trunk, IReadOnlyList<BranchPlan> plans, ParallelSettings settings, int? maxConcurrency = null)
    {
        run.Journal.Emit("parallel_start", branch: trunk.Name, fields: ("branches", Json.Array(plans.Select(p => Json.Of(p.Name)))));
        var started = run.Clock.GetTimestamp();
        using var stop = new StopSource(trunk.Stop);
        using var timer = stop.StopAfter(settings.Timeout, run.Clock, new NodeFailure(
            NodeFailure.TimeoutError, $"The parallel section's time-out of {settings.Timeout?.TotalSeconds:0.###} s has passed.", Retryable: false));
        using var places = new SemaphoreSlim(Math.Min(maxConcurrency ?? MaxLiveBranches, MaxLiveBranches));

        var results = await Task.WhenAll(plans.Select(plan => RunBranchAsync(trunk, plan, settings, stop, places)));

        run.Journal.Emit("parallel_complete", branch: trunk.Name, fields:
        [
            ("succeeded", Json.Of(results.Count(r => r.Failure is null))),
            ("failed", Json.Of(results.Count(r => r.Failure is not null))),
            ("duration_ms", Json.Of(run.Clock.GetElapsedTime(started).TotalMilliseconds)),
        ]);
        return Json.Array(results.Select(r => r.ToJson()));
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
                settings.RetryPolicy, run.Clock, r => r.Failure, retries => TryAsync(trunk, plan, settings, stop, circuit, retries), stop.Token);
            result = result with { TimingMs = run.Clock.GetElapsedTime(started).TotalMilliseconds, CircuitState = circuit?.State };
            run.Journal.Emit("branch_complete", branch: plan.Name, fields:
            [
                ("success", Json.Of(result.Failure is null)), ("error", Json.Of(result.Failure?.Message)), ("error_type", Json.Of(result.Failure?.Type)),
                ("retry_count", Json.Of(result.RetryCount)), ("duration_ms", Json.Of(result.TimingMs)),
            ]);
            if (settings.FailFast && result.Failure is not null)
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

        using var branch = new Branch(run, plan.Name, plan.State, new LuaDeadline(settings.LuaTimeout), stop)
        {
            Variables = trunk.Variables,
            Scope = trunk.Scope,
            Until = plan.Until,
        };
        var failure = await plan.Walk(branch);
        circuit?.Record(failure is null);
        return result with { State = branch.State, Failure = failure };
    }
}
