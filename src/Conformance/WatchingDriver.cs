using System.Collections.Concurrent;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance;

/// <summary>The real driver, with a note of the credentials that it was given.</summary>
internal sealed class WatchingDriver(IConnectionDriver inner, ConcurrentDictionary<string, Credentials> handedOut) : IConnectionDriver
{
    public string Type => inner.Type;

    public string Category => inner.Category;

    public IReadOnlyList<Problem> Validate(ConnectionDefinition connection) => inner.Validate(connection);

    public Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken)
    {
        handedOut[request.Connection.Name] = request.Credentials;
        return inner.OpenAsync(request, cancellationToken);
    }

    public Task<ReleaseProof> ReleaseByTagAsync(OpenRequest request, CancellationToken cancellationToken) =>
        inner.ReleaseByTagAsync(request, cancellationToken);
}
