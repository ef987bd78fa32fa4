using System.Collections.Concurrent;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance;

/// <summary>The real driver, with a note of the credentials that it was given.</summary>
internal sealed class WatchingDriver(IConnectionDriver inner, ConcurrentDictionary<string, Credentials> handedOut) : DriverAround(inner)
{
    public override Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken)
    {
        handedOut[request.Connection.Name] = request.Credentials;
        return Inner.OpenAsync(request, cancellationToken);
    }
}
