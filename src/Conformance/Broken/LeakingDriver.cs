using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance.Broken;

/// <summary>Opens real sessions, never closes them, and says that it did.</summary>
internal sealed class LeakingDriver(IConnectionDriver inner) : DriverAround(inner)
{
    public override async Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken) =>
        new UnclosedResource(await Inner.OpenAsync(request with { Credentials = request.Credentials.Copy() }, cancellationToken));
}
