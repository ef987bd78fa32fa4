using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance;

/// <summary>A driver around another one, for what opens differently.</summary>
internal abstract class DriverAround(IConnectionDriver inner) : IConnectionDriver
{
    public string Type => Inner.Type;

    public string Category => Inner.Category;

    protected IConnectionDriver Inner { get; } = inner;

    public IReadOnlyList<Problem> Validate(ConnectionDefinition connection) => Inner.Validate(connection);

    public abstract Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken);

    public Task<ReleaseProof> ReleaseByTagAsync(OpenRequest request, CancellationToken cancellationToken) => Inner.ReleaseByTagAsync(request, cancellationToken);
}
