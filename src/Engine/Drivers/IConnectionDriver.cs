using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;

namespace Bulkhead.Engine.Drivers;

/// <summary>
/// One type of external system. A driver is stateless: everything that lives belongs to the <see cref="IResource"/> that it opens.
/// Each driver has a folder of its own; <see cref="DriverRegistry"/> is the only other place that names it.
/// </summary>
public interface IConnectionDriver
{
    /// <summary>The connection's <c>type</c>: <c>postgres</c>, <c>http</c>.</summary>
    string Type { get; }

    /// <summary>The type in resource keys: <c>database</c>, <c>http</c>.</summary>
    string Category { get; }

    /// <summary>All faults of the connection's config, without touching the system.</summary>
    IReadOnlyList<Problem> Validate(ConnectionDefinition connection);

    /// <summary>
    /// Opens one resource whose server sessions carry the owner tag. Throws <see cref="NodeFailureException"/> when the system
    /// cannot be reached or refuses the credentials; never leaves a half-opened session behind.
    /// </summary>
    Task<IResource> OpenAsync(OpenRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// After a hard death: ends every session that carries the owner tag, then lists again. Idempotent; a session that is
    /// already gone is a success. Throws only when the system cannot be asked.
    /// </summary>
    Task<ReleaseProof> ReleaseByTagAsync(OpenRequest request, CancellationToken cancellationToken);

    /// <summary>The sessions of the connection's role that carry any owner tag, by tag. Default: a system without sessions, so none.</summary>
    Task<IReadOnlyList<TaggedSessions>> AuditAsync(OpenRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TaggedSessions>>([]);
}
