using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;
using Bulkhead.Running;

namespace Bulkhead.Server.Executions;

/// <summary>Executions in worker processes of their own: an engine is a lease on one.</summary>
/// <param name="program">Path of the worker program.</param>
/// <param name="connections">Where secrets are resolved, at the last moment.</param>
/// <param name="find">The execution that a context belongs to.</param>
/// <param name="clock">The clock.</param>
internal sealed class WorkerHost(string program, ConnectionsFile connections, Func<Guid, Execution?> find, TimeProvider clock) : IExecutionHost
{
    private static readonly TimeSpan KillGrace = TimeSpan.FromSeconds(10);

    public Task<IExecutionLease> LeaseAsync(UserExecutionContext context, CancellationToken cancellationToken)
    {
        if (!File.Exists(program)) throw new FileNotFoundException("The worker program is not beside the server.");
        var execution = find(context.ExecutionUid) ?? throw new InvalidOperationException($"{context.ExecutionId} is not known here.");
        return Task.FromResult<IExecutionLease>(new Lease(this, execution));
    }

    private async Task<ExecutionResult> RunAsync(Job job, IExecutionEvents events, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var secrets = connections.Secrets(job.Connections, job.TenantId, problems);
        if (problems.Count > 0) return Refused(job, problems);
        using var kill = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var _ = cancellationToken.Register(() => kill.CancelAfter(TimeSpan.FromMilliseconds(job.ReleaseGracefulMs) + KillGrace));
        return await new LocalExecution(job, secrets, new Listener(events)) { Program = program }.RunAsync(cancellationToken, kill.Token);
    }

    private static ExecutionResult Refused(Job job, List<Problem> problems) => new()
    {
        Phase = ExecutionPhase.Failed,
        Reason = "Invalid",
        Message = problems[0].Message,
        ExecutionId = job.ExecutionId,
        TenantId = job.TenantId,
        Attempt = job.Attempt,
        Problems = problems,
    };

    private sealed class Listener(IExecutionEvents events) : IEventListener
    {
        public void Take(ExecutionEvent executionEvent, string line) => events.Emit(executionEvent);
    }

    private sealed class Lease(WorkerHost host, Execution execution) : IExecutionLease
    {
        public async Task<ExecutionResult> RunAsync(Workflow workflow, Job job, IExecutionEvents events, CancellationToken cancellationToken) =>
            execution.End(await host.RunAsync(job, events, cancellationToken));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
