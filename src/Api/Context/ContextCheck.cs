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

        var rule = new ConnectionRule(request.TenantId, request.UserId, request.Connections, request.DriverTypes);
        var resolved = new Dictionary<ConnectionRef, ConnectionDefinition>();
        var seen = new HashSet<ConnectionRef>();
        foreach (var node in request.Workflow.AllNodes())
        {
            if (node.Connection() is not { } reference || !seen.Add(reference)) continue;
            var (connection, faults) = rule.Judge(reference.Value);
            if (connection is not null) resolved.Add(reference, connection);
            foreach (var fault in faults)
                problems.Add(fault with { Message = $"{fault.Message} (node '{Quoted.Short(node.Name)}')", Path = node.Path, Line = node.Line });
        }

        return new ContextResult(problems.ToList(), resolved);
    }
}
