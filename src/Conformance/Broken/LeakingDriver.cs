using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance.Broken;

/// <summary>Opens real sessions, never closes them, and says that it did.</summary>
internal sealed class LeakingDriver(IConnectionDriver inner) : IConnectionDriver
{
    public string Type => inner.Type;

    public string Category => inner.Category;

    public IReadOnlyList<Problem> Validate(ConnectionDefinition connection) => inner.Validate(connection);

    public async Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken) =>
        new UnclosedResource(await inner.OpenAsync(request with { Credentials = request.Credentials.Copy() }, cancellationToken));

    public Task<ReleaseProof> ReleaseByTagAsync(OpenRequest request, CancellationToken cancellationToken) => Task.FromResult(new ReleaseProof(true));
}
