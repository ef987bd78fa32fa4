using Bulkhead.Api.Contract;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Context;

/// <summary>What stage 3 looks at: who runs what, with which connections.</summary>
public sealed record ContextRequest
{
    public required Workflow Workflow { get; init; }

    /// <summary>The tenant of the execution.</summary>
    public required string TenantId { get; init; }

    public required string UserId { get; init; }

    /// <summary>All declared connections that are known, those of other tenants included.</summary>
    public required IReadOnlyList<ConnectionDefinition> Connections { get; init; }

    /// <summary>Driver types of this build; null leaves the type unchecked.</summary>
    public IReadOnlyCollection<string>? DriverTypes { get; init; }
}
