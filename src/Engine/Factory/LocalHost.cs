using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Resources;
using Bulkhead.Engine.Scheduling;

namespace Bulkhead.Engine.Factory;

/// <summary>Executions in this process: the worker's own host, and that of tests.</summary>
/// <param name="limits">What each execution may use.</param>
/// <param name="drivers">The connection types.</param>
/// <param name="credentials">The secret of a connection by its name.</param>
/// <param name="clock">The clock.</param>
public sealed class LocalHost(WorkflowLimits limits, DriverRegistry drivers, Func<string, Credentials> credentials, TimeProvider clock) : IExecutionHost
{
    /// <summary>Cancelled: no other node starts, what runs goes on to its end, and <c>finally</c> runs. Default: never.</summary>
    public CancellationToken SoftStop { get; init; }

    internal EngineParts Parts { get; init; } = EngineParts.Sound;

    public Task<IExecutionLease> LeaseAsync(UserExecutionContext context, CancellationToken cancellationToken) =>
        Task.FromResult<IExecutionLease>(new Lease(this, context));

    private Task<ExecutionResult> RunAsync(
        UserExecutionContext context, Workflow workflow, Job job, IExecutionEvents events, CancellationToken cancellationToken)
    {
        var resources = new ResourcePool(context, new ResourcePoolSettings
        {
            Connections = job.Connections,
            Drivers = drivers,
            Credentials = credentials,
            Deadline = job.Timeout is { } timeout ? clock.GetUtcNow() + timeout : null,
            Clock = clock,
        }, events);
        return new WorkflowRunner(limits, events, clock, Parts, SoftStop).RunAsync(workflow, job, resources, cancellationToken);
    }

    private sealed class Lease(LocalHost host, UserExecutionContext context) : IExecutionLease
    {
        public Task<ExecutionResult> RunAsync(Workflow workflow, Job job, IExecutionEvents events, CancellationToken cancellationToken) =>
            host.RunAsync(context, workflow, job, events, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
