using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Factory;

namespace Bulkhead.Conformance.Tests.Wirings;

/// <summary>A place that is out of order until it is repaired.</summary>
internal sealed class FailingHost(IExecutionHost inner) : IExecutionHost
{
    public bool Repaired { get; set; }

    public Task<IExecutionLease> LeaseAsync(UserExecutionContext context, CancellationToken cancellationToken) =>
        Repaired ? inner.LeaseAsync(context, cancellationToken) : throw new IOException("no worker could be started");
}
