using System.Collections.Concurrent;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance.Broken;

/// <summary>Keeps one resource for each database and hands it to every execution: the shared pool that NORP-006 forbids.</summary>
internal sealed class SharingDriver(IConnectionDriver inner, ConcurrentDictionary<string, Lazy<Task<IResource>>> shared) : DriverAround(inner)
{
    public override async Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken)
    {
        OpenRequest own = request with { Credentials = request.Credentials.Copy() };
        string key = request.Connection.Config.GetProperty("database").GetString()!;
        return new UnclosedResource(await shared.GetOrAdd(key, _ => new(() => Inner.OpenAsync(own, CancellationToken.None))).Value);
    }
}
