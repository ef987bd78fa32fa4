using System.Reflection;
using Bulkhead.Api.Context;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Graphs;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Resources;

namespace Bulkhead.Conformance;

/// <summary>
/// The parts that the rows put together. The defaults are the product's own; a sabotage replaces one of them, so that a test can show
/// that the row notices.
/// </summary>
internal sealed record RowWiring
{
    public Func<string, LoadResult> Load { get; init; } = WorkflowLoader.Load;

    /// <summary>Whether a stage with faults keeps the next one from running.</summary>
    public bool StopAtFaults { get; init; } = true;

    public Func<ContextRequest, ContextResult> Check { get; init; } = ContextCheck.Check;

    public Func<IReadOnlyList<GraphNode>, IReadOnlyList<CycleDiagnostic>> FindCycles { get; init; } = CycleFinder.Find;

    public Func<IReadOnlyList<GraphNode>, ExecutionPlan?> Plan { get; init; } = GraphOrder.Plan;

    public Func<Guid> NewExecutionUid { get; init; } = Guid.NewGuid;

    /// <summary>The identity under which a job runs.</summary>
    public Func<ContextFields, Job, ContextFields> Identify { get; init; } = (fields, _) => fields;

    public Func<IConnectionDriver, IConnectionDriver> Driver { get; init; } = driver => driver;

    public Func<IReadOnlyList<ConnectionDefinition>, IReadOnlyList<ConnectionDefinition>> Declare { get; init; } = connections => connections;

    public Func<Job, Job> Job { get; init; } = job => job;

    public Func<ExecutionEvent, ExecutionEvent> Event { get; init; } = executionEvent => executionEvent;

    /// <summary>Ends an execution that a row drives without an engine.</summary>
    public Func<UserExecutionContext, ResourcePool, Task> End { get; init; } = async (context, pool) =>
    {
        await pool.ReleaseAsync(ResourcePoolSettings.DefaultGraceful);
        await context.EndAsync(CancellationToken.None);
    };

    /// <summary>What is searched for shared state.</summary>
    public IReadOnlyList<Assembly> Assemblies { get; init; } = [typeof(WorkflowLimits).Assembly];
}
