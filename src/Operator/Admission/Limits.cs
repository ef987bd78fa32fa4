using Bulkhead.Api.Resources;

namespace Bulkhead.Operator.Admission;

/// <summary>How many executions may hold a slot at one time.</summary>
/// <param name="Cluster">In all.</param>
/// <param name="Tenants">What each Tenant says; where there is none, the defaults hold.</param>
internal sealed record Limits(int Cluster, IReadOnlyDictionary<string, TenantSpec> Tenants)
{
    public const int DefaultPerUser = 2;

    public const int DefaultWeight = 1;

    public int Weight(string tenant) => Math.Max(1, Of(tenant)?.Weight ?? DefaultWeight);

    public int PerTenant(string tenant) => Of(tenant)?.MaxConcurrentExecutions ?? int.MaxValue;

    /// <summary>An execution without a userId is nobody's: the limit protects users from each other, and has nobody to protect there.</summary>
    public int PerUser(string tenant, string? user) => user is null ? int.MaxValue : Of(tenant)?.MaxConcurrentPerUser ?? DefaultPerUser;

    private TenantSpec? Of(string tenant) => Tenants.GetValueOrDefault(tenant);
}
