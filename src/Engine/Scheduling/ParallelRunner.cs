using System.Text.Json;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>Runs a parallel section under its time-out and joins its results in the order of their plans.</summary>
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

        var results = await run.Fork(trunk, plans, settings, stop, Math.Min(maxConcurrency ?? MaxLiveBranches, MaxLiveBranches));

        run.Journal.Emit("parallel_complete", branch: trunk.Name, fields:
        [
            ("succeeded", Json.Of(results.Count(r => r.Failure is null))),
            ("failed", Json.Of(results.Count(r => r.Failure is not null))),
            ("duration_ms", Json.Of(run.Clock.GetElapsedTime(started).TotalMilliseconds)),
        ]);
        return Json.Array(results.Select(r => r.ToJson(trunk.State)));
    }
}
