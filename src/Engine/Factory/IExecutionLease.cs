using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Events;

namespace Bulkhead.Engine.Factory;

/// <summary>A place for one execution of one user. Disposing gives it back; whatever the execution held is released before.</summary>
public interface IExecutionLease : IAsyncDisposable
{
    /// <summary>Runs the workflow once. A cancelled run still releases, and returns its result.</summary>
    Task<ExecutionResult> RunAsync(Workflow workflow, Job job, IExecutionEvents events, CancellationToken cancellationToken);
}
