using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Context;

/// <summary>
/// Which declared connection a name or id means, and whether this tenant and user may use it: the one rule, asked at context resolution and again when a
/// node acquires. Pure; nothing is opened. What cannot be verified is refused. Source: NORP-002.
/// </summary>
/// <param name="TenantId">The execution's tenant.</param>
/// <param name="UserId">The execution's user.</param>
/// <param name="Connections">All that are known, those of other tenants included.</param>
/// <param name="DriverTypes">Driver types of this build; null leaves the type unchecked.</param>
public sealed record ConnectionRule(
    string TenantId, string UserId, IReadOnlyList<ConnectionDefinition> Connections, IReadOnlyCollection<string>? DriverTypes)
{
    /// <summary>The connection that a name or id means for a tenant: its own first, then global ones. Null where none or several match.</summary>
    public static ConnectionDefinition? Find(IReadOnlyList<ConnectionDefinition> connections, string tenant, string reference) =>
        Candidates(connections, tenant, reference) is [var only] ? only : null;

    /// <summary>The connection, or every reason why it is refused. The problems name no place: the caller knows who asked.</summary>
    public (ConnectionDefinition? Connection, IReadOnlyList<Problem> Problems) Judge(string reference)
    {
        var candidates = Candidates(Connections, TenantId, reference);
        List<Problem> problems = candidates is [var only] ? [.. Faults(only)] : [NotOne(Quoted.Short(reference), reference, candidates)];
        return (problems.Count == 0 ? candidates[0] : null, problems);
    }

    private static List<ConnectionDefinition> Candidates(IReadOnlyList<ConnectionDefinition> connections, string tenant, string reference)
    {
        var matches = connections.Where(c => Matches(c, reference)).ToList();
        var own = matches.FindAll(c => !c.Global && c.TenantId == tenant);
        return own.Count > 0 ? own : matches.FindAll(c => c.Global);
    }

    private static bool Matches(ConnectionDefinition connection, string reference) =>
        connection.Name == reference || connection.Id == reference;

    private Problem NotOne(string name, string reference, List<ConnectionDefinition> candidates) =>
        candidates.Count > 1 ? new(
            ProblemClass.ResourceError, "AMBIGUOUS_CONNECTION",
            $"'{name}' means {candidates.Count} connections: {string.Join(", ", candidates.Select(c => Quoted.Short(c.Name)))}")
        : Connections.Any(c => Matches(c, reference)) ? new(
            ProblemClass.PermissionError, "CROSS_TENANT_CONNECTION", $"the connection '{name}' does not belong to tenant {Quoted.Short(TenantId)}")
        : new(ProblemClass.ResourceError, "UNKNOWN_CONNECTION", $"there is no connection '{name}'; {There()}");

    // Names of other tenants' connections are not told.
    private string There()
    {
        var own = Connections.Where(c => c.Global || c.TenantId == TenantId).Select(c => Quoted.Short(c.Name)).Take(10).ToList();
        return own.Count == 0 ? "none is declared" : $"there are: {string.Join(", ", own)}";
    }

    private IEnumerable<Problem> Faults(ConnectionDefinition connection)
    {
        var name = Quoted.Short(connection.Name);
        if (!connection.Active)
            yield return new(ProblemClass.ResourceError, "INACTIVE_CONNECTION", $"the connection '{name}' is not active");
        if (connection.AllowedUsers.Count > 0 && !connection.AllowedUsers.Contains(UserId))
            yield return new(ProblemClass.PermissionError, "USER_NOT_ALLOWED", $"user {Quoted.Short(UserId)} may not use the connection '{name}'");
        if (DriverTypes is { } types && !types.Contains(connection.Type))
            yield return new(ProblemClass.ResourceError, "UNKNOWN_CONNECTION_TYPE", $"the connection '{name}' is of type '{Quoted.Short(connection.Type)}'; this build has {string.Join(", ", types)}");
        if (Connections.Any(other => other != connection && IsSameKey(other, connection)))
            yield return new(ProblemClass.ResourceError, "AMBIGUOUS_CONNECTION", $"the connection '{name}' shares the id '{Quoted.Short(connection.Id ?? connection.Name)}' with another one");
    }

    private static bool IsSameKey(ConnectionDefinition one, ConnectionDefinition other) =>
        one.Type == other.Type && (one.Id ?? one.Name) == (other.Id ?? other.Name) && one.Global == other.Global && one.TenantId == other.TenantId;
}
