using System.ComponentModel.DataAnnotations;

namespace Bulkhead.Api.Resources;

/// <summary>Who owns which namespaces, and what their executions may use.</summary>
public sealed record TenantSpec
{
    /// <summary>Namespaces of the tenant; a namespace that two tenants claim is refused.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>Executions at one time; more wait. Default: no limit.</summary>
    [Range(1, 100_000)]
    public int? MaxConcurrentExecutions { get; init; }

    /// <summary>Executions of one user at one time. Default 2.</summary>
    [Range(1, 100_000)]
    public int? MaxConcurrentPerUser { get; init; }

    /// <summary>Share of the cluster beside other tenants. Default 1.</summary>
    [Range(1, 1000)]
    public int? Weight { get; init; }

    /// <summary>Succeeded executions that are kept, the newest; older ones are deleted. Default: all.</summary>
    [Range(0, 100_000)]
    public int? SuccessfulExecutionsHistoryLimit { get; init; }

    /// <summary>Executions with another end that are kept, the newest; older ones are deleted. Default: all.</summary>
    [Range(0, 100_000)]
    public int? FailedExecutionsHistoryLimit { get; init; }

    /// <summary>Driver types; missing means all.</summary>
    public IReadOnlyList<string>? AllowedConnectionTypes { get; init; }

    public IReadOnlyList<string>? AllowedImages { get; init; }

    public IReadOnlyList<string>? AllowedServiceAccounts { get; init; }

    /// <summary>The pod template under each execution's own.</summary>
    public PodTemplate? WorkerDefaults { get; init; }
}
