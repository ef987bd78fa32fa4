using Bulkhead.Engine.Contexts;

namespace Bulkhead.Engine.Factory;

/// <summary>Where executions take place: in this process, or in a worker process of their own.</summary>
public interface IExecutionHost
{
    /// <summary>Makes a place ready for one execution. Throws when there is none; repeated failures open the factory's breaker.</summary>
    Task<IExecutionLease> LeaseAsync(UserExecutionContext context, CancellationToken cancellationToken);
}
