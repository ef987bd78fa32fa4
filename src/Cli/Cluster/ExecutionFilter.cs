using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cli.Cluster;

/// <summary>Which executions <c>bulkhead list</c> shows, in which order, and what it says where there are none. Pure.</summary>
/// <param name="Phases">As they are written in <see cref="AllPhases"/>; none: every phase.</param>
/// <param name="Tenant">Null: every tenant.</param>
internal sealed record ExecutionFilter(IReadOnlyList<string> Phases, string? Tenant)
{
    public static IReadOnlyList<string> AllPhases { get; } = ["New", "Waiting", "Pending", "Running", "Releasing", "Suspended", "Succeeded", "Failed", "Cancelled"];

    public List<T> Of<T>(IEnumerable<T> executions, Func<T, WorkflowExecutionEntity> entity) =>
    [
        .. from item in executions
           let e = entity(item)
           where (Phases.Count == 0 || Phases.Contains(e.Phase(), StringComparer.OrdinalIgnoreCase)) && (Tenant is null || e.Tenant() == Tenant)
           orderby e.Namespace(), e.CreationTimestamp(), e.Name()
           select item,
    ];

    /// <param name="all">How many there are without the filter.</param>
    /// <param name="ns">Null: every namespace was asked.</param>
    public string None(int all, string? ns)
    {
        if (all == 0) return ns is null ? "No executions in any namespace." : $"No executions in namespace {ns}; every namespace: -A";
        string?[] wanted = [Phases.Count > 0 ? $"the phase {string.Join(" or ", Phases)}" : null, Tenant is null ? null : $"the tenant {Tenant}"];
        return $"None of the {all} execution{(all == 1 ? "" : "s")} in {(ns is null ? "all namespaces" : $"namespace {ns}")} has {string.Join(" and ", wanted.OfType<string>())}.";
    }
}
