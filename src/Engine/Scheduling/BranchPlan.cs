using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>One branch before it runs.</summary>
/// <param name="Name">Its name in events and results.</param>
/// <param name="State">The state that each try starts from.</param>
/// <param name="Walk">Its way; null means it succeeded.</param>
internal sealed record BranchPlan(string Name, State State, Func<Branch, Task<NodeFailure?>> Walk)
{
    public string Until { get; init; } = Api.Workflows.Workflow.EndName;
}
