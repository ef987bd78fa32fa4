using System.Collections.Concurrent;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance.Broken;

/// <summary>Keeps one resource for each database and hands it to every execution: the shared pool that NORP-006 forbids.</summary>
internal sealed class SharingDriver(IConnectionDriver inner, ConcurrentDictionary<string, Lazy<Task<IResource>>> shared) : IConnectionDriver
{
    public string Type => inner.Type;

    public string Category => inner.Category;

    public IReadOnlyList<Problem> Validate(ConnectionDefinition connection) => inner.Validate(connection);

    public async Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken)
    {
        OpenRequest own = request with { Credentials = request.Credentials.Copy() };
        string key = request.Connection.Config.GetProperty("database").GetString()!;
        return new UnclosedResource(await shared.GetOrAdd(key, _ => new(() => inner.OpenAsync(own, CancellationToken.None))).Value);
    }

    public Task<ReleaseProof> ReleaseByTagAsync(OpenRequest request, CancellationToken cancellationToken) => Task.FromResult(new ReleaseProof(true));
}
