using Bulkhead.Api.Workflows;

namespace Bulkhead.Engine.Scheduling;

/// <summary>Runs branches side by side and returns their results in the order of their plans.</summary>
/// <param name="trunk">The branch that forks.</param>
/// <param name="plans">The branches.</param>
/// <param name="settings">Of the section.</param>
/// <param name="stop">Ends all of them.</param>
/// <param name="maxConcurrency">Most that live at one time.</param>
internal delegate Task<IReadOnlyList<BranchResult>> Fork(
    Branch trunk, IReadOnlyList<BranchPlan> plans, ParallelSettings settings, StopSource stop, int maxConcurrency);
