using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Factory;

namespace Bulkhead.Conformance.Tests.Wirings;

internal static class Hosts
{
    public static IExecutionHost Local() => new EmptyHost();

    private sealed class EmptyHost : IExecutionHost
    {
        public Task<IExecutionLease> LeaseAsync(UserExecutionContext context, CancellationToken cancellationToken) =>
            Task.FromResult<IExecutionLease>(new EmptyLease());
    }

    private sealed class EmptyLease : IExecutionLease
    {
        public Task<Api.Contract.ExecutionResult> RunAsync(
            Api.Workflows.Workflow workflow, Api.Contract.Job job, Engine.Events.IExecutionEvents events, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
