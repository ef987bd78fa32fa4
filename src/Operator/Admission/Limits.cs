using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using k8s;
using k8s.Models;

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

    public static Dictionary<string, TenantSpec> ById(IEnumerable<TenantEntity> tenants) => tenants.ToDictionary(t => t.Name(), t => t.Spec, StringComparer.Ordinal);

    /// <summary>Namespaces of the Tenants that were added, changed or taken away.</summary>
    /// <returns>Null: none was.</returns>
    public static IReadOnlySet<string>? NamespacesOfChanged(IReadOnlyDictionary<string, TenantSpec> before, IReadOnlyDictionary<string, TenantSpec> now)
    {
        var changed = before.Keys.Union(now.Keys).Where(t => TextOf(before.GetValueOrDefault(t)) != TextOf(now.GetValueOrDefault(t))).ToList();
        return changed.Count == 0 ? null : changed.SelectMany(t => NamespacesOf(before, t).Concat(NamespacesOf(now, t))).ToHashSet(StringComparer.Ordinal);
    }

    private static IReadOnlyList<string> NamespacesOf(IReadOnlyDictionary<string, TenantSpec> tenants, string tenant) => tenants.GetValueOrDefault(tenant)?.Namespaces ?? [];

    private static string TextOf(TenantSpec? spec) => spec is null ? "" : KubernetesJson.Serialize(spec);

    private TenantSpec? Of(string tenant) => Tenants.GetValueOrDefault(tenant);
}
