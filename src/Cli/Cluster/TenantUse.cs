using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cli.Cluster;

/// <summary>What one tenant has in the cluster. A slot is held from admission until the worker is gone and its connections are released.</summary>
internal sealed record TenantUse
{
    private const int DefaultPerUser = 2;

    public required string Tenant { get; init; }

    public int Running { get; init; }

    /// <summary>Null: no limit of its own, or its Tenant may not be read.</summary>
    public int? Limit { get; init; }

    public int? PerUser { get; init; }

    public int? Weight { get; init; }

    public int Waiting { get; init; }

    /// <summary>Seconds that the longest waiting one has waited.</summary>
    public double? LongestWaitS { get; init; }

    public int OpenConnections { get; init; }

    /// <summary>Ended executions whose connections are not proven closed.</summary>
    public int Unreleased { get; init; }

    /// <param name="executions">All.</param>
    /// <param name="tenants">Empty where they may not be read.</param>
    /// <param name="now">To count waits.</param>
    public static IReadOnlyList<TenantUse> Of(IEnumerable<WorkflowExecutionEntity> executions, IReadOnlyList<TenantEntity> tenants, DateTimeOffset now)
    {
        var declared = tenants.ToDictionary(t => t.Name(), t => t.Spec, StringComparer.Ordinal);
        var owners = tenants.SelectMany(t => (t.Spec.Namespaces ?? []).Select(ns => (ns, t.Name()))).ToLookup(o => o.ns, o => o.Item2, StringComparer.Ordinal);
        var byTenant = executions.ToLookup(e => e.Tenant() ?? owners[e.Namespace()].FirstOrDefault() ?? e.Namespace(), StringComparer.Ordinal);
        return
        [
            .. from name in byTenant.Select(g => g.Key).Union(declared.Keys, StringComparer.Ordinal)
               orderby name
               let spec = declared.GetValueOrDefault(name)
               let mine = byTenant[name].ToList()
               let waiting = mine.Where(e => !e.IsFinished() && !IsAdmitted(e) && e.Status?.Phase != "Suspended").ToList()
               select new TenantUse
               {
                   Tenant = name,
                   Running = mine.Count(e => !e.IsFinished() && IsAdmitted(e)),
                   Limit = spec?.MaxConcurrentExecutions,
                   PerUser = spec is null ? null : spec.MaxConcurrentPerUser ?? DefaultPerUser,
                   Weight = spec is null ? null : spec.Weight ?? 1,
                   Waiting = waiting.Count,
                   LongestWaitS = waiting.Count > 0 ? Math.Round(waiting.Max(e => (now - (WaitsSince(e) ?? now)).TotalSeconds)) : null,
                   OpenConnections = mine.Sum(e => e.Status?.Connections?.Count(c => c.State == "Open") ?? 0),
                   Unreleased = mine.Count(e => e.IsFinished() && e.Condition("ConnectionsReleased")?.Status == "False"),
               },
        ];
    }

    /// <summary>One that was run again waits since then; before an operator has looked at it, since it was made.</summary>
    private static DateTimeOffset? WaitsSince(WorkflowExecutionEntity execution) =>
        (execution.Condition("Admitted") is { Status: "False" } waits ? waits.LastTransitionTime : null) ?? execution.Created();

    private static bool IsAdmitted(WorkflowExecutionEntity execution) => execution.Condition("Admitted")?.Status == "True";
}
