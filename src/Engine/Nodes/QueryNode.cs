using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Engine.Scripting;

namespace Bulkhead.Engine.Nodes;

/// <summary>
/// <c>sql</c>, <c>datasource</c>, <c>database_query</c>: one statement with parameters on a connection. The SQL text is never
/// templated; only parameters are. Without SQL the connection is acquired and checked.
/// </summary>
internal sealed class QueryNode(Run run)
{
    public async Task<NodeOutcome> RunAsync(Branch branch, Node node, QueryWork query, TimeLimit limit)
    {
        var parameters = await Templates.RenderAsync(run, branch, node.Name, query.Parameters, limit);
        if (parameters.Failed) return parameters;

        var (operation, arguments) = query.Sql is { } sql
            ? ("query", Json.Object([new("sql", Json.Of(sql)), new("parameters", parameters.Value ?? Json.Null)]))
            : (ConnectionCall.Check, Json.EmptyObject);
        var value = await ConnectionCall.RunAsync(run, branch.Caller(node.Name), query.Connection, operation, arguments, limit.Arm());
        return NodeOutcome.Of(value ?? Json.Object([new("connected", Json.Of(true))]));
    }
}
