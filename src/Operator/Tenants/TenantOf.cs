using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;

namespace Bulkhead.Operator.Tenants;

/// <summary>
/// The tenant that owns a namespace: the one Tenant that lists it; else the namespace's label <c>bulkhead.dev/tenant</c>; else the namespace's
/// name. Two Tenants that list it are a fault, since nobody can tell whose connections the execution may use.
/// </summary>
/// <param name="Id">Null exactly when there is a problem.</param>
/// <param name="Spec">Rules of the Tenant; empty where no Tenant lists the namespace.</param>
internal sealed record TenantOf(string? Id, TenantSpec Spec, Problem? Problem = null)
{
    /// <summary>Most characters of an id: a label's value and a status hold no more. A Tenant's name may be longer.</summary>
    internal const int Longest = 63;

    public static TenantOf Namespace(string name, string? label, IEnumerable<(string Name, TenantSpec Spec)> tenants)
    {
        var owners = tenants.Where(t => t.Spec.Namespaces?.Contains(name) == true).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        return owners switch
        {
            [] => new TenantOf(string.IsNullOrEmpty(label) ? name : label, new TenantSpec()),
            [var only] when only.Name.Length > Longest => new TenantOf(null, new TenantSpec(), new Problem(
                ProblemClass.StructuralError, "TENANT_NAME_TOO_LONG", $"the name of the Tenant {only.Name} has more than {Longest} characters")),
            [var only] => new TenantOf(only.Name, only.Spec),
            _ => new TenantOf(null, new TenantSpec(), new Problem(
                ProblemClass.PermissionError, "TENANT_AMBIGUOUS", $"the namespace {name} belongs to several tenants: {string.Join(", ", owners.Select(o => o.Name))}")),
        };
    }
}
