using Bulkhead.Api.Context;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;

namespace Bulkhead.Running;

/// <summary>
/// Which connections an execution gets: those that its nodes and scripts name, and those of the manifest's <c>connections</c> list. No
/// other secret leaves the connections file.
/// </summary>
internal static class DeclaredConnections
{
    public static (IReadOnlyList<ConnectionDefinition> Connections, IReadOnlyList<Problem> Problems) Of(
        ExecutionSource source, IReadOnlyList<ConnectionDefinition> known, string tenant, string user)
    {
        var check = ContextCheck.Check(new ContextRequest { Workflow = source.Workflow!, TenantId = tenant, UserId = user, Connections = known });
        var problems = check.Problems.ToList();
        var scripts = ScriptConnections.NamedBy(source.Workflow!).Select(r => ContextCheck.Resolve(known, tenant, r.Value)).OfType<ConnectionDefinition>();
        var listed = new List<ConnectionDefinition>();
        foreach (var name in source.Spec.Connections ?? [])
        {
            if (ContextCheck.Resolve(known, tenant, name) is { } connection) listed.Add(connection);
            else problems.Add(new Problem(ProblemClass.ResourceError, "UNKNOWN_CONNECTION", $"there is no connection '{name}' for tenant {tenant}", "spec.connections"));
        }

        return ([.. check.Used.Concat(scripts).Concat(listed).DistinctBy(c => c.Name)], problems);
    }
}
