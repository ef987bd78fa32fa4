using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Context;

/// <summary>
/// Which connections an execution gets: those that its nodes and scripts name, and those of the manifest's <c>connections</c> list. No
/// other secret reaches its worker.
/// </summary>
public static class DeclaredConnections
{
    /// <param name="workflow">A valid workflow.</param>
    /// <param name="listed">Names or ids of the manifest's list.</param>
    /// <param name="known">All connections that are known, those of other tenants included.</param>
    /// <param name="tenant">Tenant of the execution.</param>
    /// <param name="user">Who runs it.</param>
    public static (IReadOnlyList<ConnectionDefinition> Connections, IReadOnlyList<Problem> Problems) Of(
        Workflow workflow, IReadOnlyList<string> listed, IReadOnlyList<ConnectionDefinition> known, string tenant, string user)
    {
        var check = ContextCheck.Check(new ContextRequest { Workflow = workflow, TenantId = tenant, UserId = user, Connections = known });
        var problems = check.Problems.ToList();
        var scripts = ScriptConnections.NamedBy(workflow).Select(r => ConnectionRule.Find(known, tenant, r.Value)).OfType<ConnectionDefinition>();
        var declared = new List<ConnectionDefinition>();
        foreach (var name in listed)
        {
            if (ConnectionRule.Find(known, tenant, name) is { } connection) declared.Add(connection);
            else problems.Add(new Problem(ProblemClass.ResourceError, "UNKNOWN_CONNECTION", $"there is no connection '{name}' for tenant {tenant}", "spec.connections"));
        }

        return ([.. check.Used.Concat(scripts).Concat(declared).DistinctBy(c => c.Name)], problems);
    }
}
