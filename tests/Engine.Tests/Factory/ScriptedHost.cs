using System.Collections.Concurrent;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;

namespace Bulkhead.Engine.Tests.Factory;

/// <summary>A place whose leases do what the test says: the factory is the subject, not what runs in it.</summary>
internal sealed class ScriptedHost : IExecutionHost
{
    public Func<UserExecutionContext, Task> OnLease { get; set; } = _ => Task.CompletedTask;

    public Func<Job, CancellationToken, Task<ExecutionResult>> OnRun { get; init; } =
        (job, _) => Task.FromResult(new ExecutionResult { Phase = ExecutionPhase.Succeeded, ExecutionId = job.ExecutionId });

    public Func<Task> OnDispose { get; init; } = () => Task.CompletedTask;

    public ConcurrentBag<string> GivenBack { get; } = [];

    public async Task<IExecutionLease> LeaseAsync(UserExecutionContext context, CancellationToken cancellationToken)
    {
        await OnLease(context).WaitAsync(cancellationToken);
        return new Lease(this, context);
    }

    private sealed class Lease(ScriptedHost host, UserExecutionContext context) : IExecutionLease
    {
        public Task<ExecutionResult> RunAsync(Workflow workflow, Job job, IExecutionEvents events, CancellationToken cancellationToken) =>
            host.OnRun(job, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            host.GivenBack.Add(context.ExecutionId);
            await host.OnDispose();
        }
    }
}
