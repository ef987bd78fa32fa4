using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;

namespace Bulkhead.Api.Context;

/// <summary>
/// Stage 3 (NORP-001, NORP-002): tenant, connections exist, belong to the tenant or are global, are active, the user may use them.
/// Pure; nothing is opened. What cannot be verified is refused.
/// </summary>
public static class ContextCheck
{
    public static ContextResult Check(ContextRequest request)
    {
        var problems = new ProblemList();
        if (request.Workflow.TenantId is { } claimed && claimed != request.TenantId)
        {
            problems.Add(new Problem(
                ProblemClass.PermissionError, "TENANT_CONFLICT",
                $"Tenant conflict: workflow owned by {Quoted.Short(claimed)}, execution context is {Quoted.Short(request.TenantId)}", "tenant_id"));
        }

        var resolved = new Dictionary<ConnectionRef, ConnectionDefinition>();
        var seen = new HashSet<ConnectionRef>();
        foreach (var node in request.Workflow.AllNodes())
        {
            if (node.Connection() is not { } reference || !seen.Add(reference)) continue;
            if (Find(request, reference, node, problems) is { } connection && IsUsable(request, connection, node, problems))
                resolved.Add(reference, connection);
        }

        return new ContextResult(problems.ToList(), resolved);
    }

    /// <summary>The connection that a name or id means for a tenant: its own first, then global ones. Null where none or several match.</summary>
    public static ConnectionDefinition? Resolve(IReadOnlyList<ConnectionDefinition> connections, string tenant, string reference) =>
        Candidates(connections, tenant, reference) is [var only] ? only : null;

    private static List<ConnectionDefinition> Candidates(IReadOnlyList<ConnectionDefinition> connections, string tenant, string reference)
    {
        var matches = connections.Where(c => Matches(c, reference)).ToList();
        var own = matches.FindAll(c => !c.Global && c.TenantId == tenant);
        return own.Count > 0 ? own : matches.FindAll(c => c.Global);
    }

    private static bool Matches(ConnectionDefinition connection, string reference) =>
        connection.Name == reference || connection.Id == reference;

    private static ConnectionDefinition? Find(ContextRequest request, ConnectionRef reference, Node node, ProblemList problems)
    {
        var name = Quoted.Short(reference.Value);
        var candidates = Candidates(request.Connections, request.TenantId, reference.Value);
        if (candidates.Count == 1) return candidates[0];
        if (candidates.Count > 1)
        {
            Add(problems, ProblemClass.ResourceError, "AMBIGUOUS_CONNECTION", $"'{name}' means {candidates.Count} connections: {string.Join(", ", candidates.Select(c => Quoted.Short(c.Name)))}", node);
        }
        else if (request.Connections.Any(c => Matches(c, reference.Value)))
        {
            Add(problems, ProblemClass.PermissionError, "CROSS_TENANT_CONNECTION", $"the connection '{name}' does not belong to tenant {Quoted.Short(request.TenantId)}", node);
        }
        else
        {
            Add(problems, ProblemClass.ResourceError, "UNKNOWN_CONNECTION", $"there is no connection '{name}'; {There(request)}", node);
        }

        return null;
    }

    // Names of other tenants' connections are not told.
    private static string There(ContextRequest request)
    {
        var own = request.Connections.Where(c => c.Global || c.TenantId == request.TenantId).Select(c => Quoted.Short(c.Name)).Take(10).ToList();
        return own.Count == 0 ? "none is declared" : $"there are: {string.Join(", ", own)}";
    }

    private static bool IsUsable(ContextRequest request, ConnectionDefinition connection, Node node, ProblemList problems)
    {
        var before = problems.Count;
        var name = Quoted.Short(connection.Name);
        if (!connection.Active)
            Add(problems, ProblemClass.ResourceError, "INACTIVE_CONNECTION", $"the connection '{name}' is not active", node);
        if (connection.AllowedUsers.Count > 0 && !connection.AllowedUsers.Contains(request.UserId))
            Add(problems, ProblemClass.PermissionError, "USER_NOT_ALLOWED", $"user {Quoted.Short(request.UserId)} may not use the connection '{name}'", node);
        if (request.DriverTypes is { } types && !types.Contains(connection.Type))
            Add(problems, ProblemClass.ResourceError, "UNKNOWN_CONNECTION_TYPE", $"the connection '{name}' is of type '{Quoted.Short(connection.Type)}'; this build has {string.Join(", ", types)}", node);
        return problems.Count == before;
    }

    private static void Add(ProblemList problems, ProblemClass @class, string code, string message, Node node) =>
        problems.Add(new Problem(@class, code, $"{message} (node '{Quoted.Short(node.Name)}')", node.Path, node.Line));
}
