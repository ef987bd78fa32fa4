using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>What must hold for the connections of an execution in the cluster.</summary>
internal static class ConnectionRules
{
    /// <summary>As many as a status holds.</summary>
    internal const int Most = 64;

    public static IEnumerable<Problem> Problems(IReadOnlyList<ConnectionDefinition> connections, JobFacts facts)
    {
        if (connections.Count > Most)
        {
            yield return new Problem(
                ProblemClass.StructuralError, "TOO_MANY_CONNECTIONS", $"an execution has at most {Most} connections; this one names {connections.Count}", "spec.connections");
        }

        // No name has a slash; an id may. What is no id here would wait for ever.
        foreach (var name in (facts.Execution.Spec.Connections ?? []).Where(n => n.Contains('/', StringComparison.Ordinal) && connections.All(c => c.Id != n)))
        {
            yield return new Problem(
                ProblemClass.PermissionError, "REFERENCE_TO_ANOTHER_NAMESPACE", $"a Connection of another namespace cannot be used: '{name}'", "spec.connections");
        }

        var allowed = facts.Tenant.Spec.AllowedConnectionTypes;
        foreach (var connection in connections)
        {
            if (allowed is not null && !allowed.Contains(connection.Type))
            {
                yield return new Problem(
                    ProblemClass.PermissionError, "CONNECTION_TYPE_NOT_ALLOWED",
                    $"tenant {facts.Tenant.Id} may not use connections of type '{connection.Type}' ('{connection.Name}')", "spec.connections");
            }

            if (connection.Config.ValueKind is JsonValueKind.Object && JsonDepth.Of(connection.Config) > InputBounds.Depth)
            {
                yield return new Problem(
                    ProblemClass.StructuralError, "TOO_DEEP",
                    $"in 'config' of the connection '{connection.Name}' lists and mappings are nested deeper than {InputBounds.Depth} levels", "spec.connections");
            }

            if (connection.Pooling == "transaction" && connection.Release is null)
            {
                yield return new Problem(
                    ProblemClass.ResourceError, "POOLING_REFUSED",
                    $"the connection '{connection.Name}' has 'pooling: transaction' and needs 'release.endpoint', the server itself", "spec.connections");
            }
        }
    }
}
