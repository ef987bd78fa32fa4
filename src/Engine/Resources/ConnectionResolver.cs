using System.Diagnostics.CodeAnalysis;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Engine.Resources;

/// <summary>
/// Which declared connection a reference means, and whether this tenant and user may use it. Pure: nothing is opened. The tenant's own
/// connections come first, then global ones; two matches are an error; what cannot be verified is refused. Source: NORP-002.
/// </summary>
/// <param name="tenantId">The execution's tenant.</param>
/// <param name="userId">The execution's user.</param>
/// <param name="connections">All that are declared.</param>
/// <param name="drivers">Types that this build knows.</param>
public sealed class ConnectionResolver(
    string tenantId, string userId, IReadOnlyList<ConnectionDefinition> connections, DriverRegistry drivers)
{
    /// <summary>All faults of these references, at context resolution. Each reference is looked at once.</summary>
    public IReadOnlyList<Problem> Problems(IEnumerable<ConnectionRef> references) =>
    [
        .. references.Distinct().SelectMany(reference => TryResolve(reference, out ConnectionDefinition? connection, out Problem? problem)
            ? drivers.Find(connection.Type)!.Validate(connection)
            : [problem]),
    ];

    /// <summary>The connection, or the reason why it is refused.</summary>
    public bool TryResolve(
        ConnectionRef reference,
        [NotNullWhen(true)] out ConnectionDefinition? connection,
        [NotNullWhen(false)] out Problem? problem)
    {
        ConnectionDefinition[] matches = [.. connections.Where(c => c.Name == reference.Value || c.Id == reference.Value)];
        ConnectionDefinition[] own = Array.FindAll(matches, c => !c.Global && c.TenantId == tenantId);
        ConnectionDefinition[] candidates = own.Length > 0 ? own : Array.FindAll(matches, c => c.Global);
        connection = candidates.Length == 1 ? candidates[0] : null;
        problem = candidates.Length switch
        {
            0 when matches.Length > 0 => Refused(
                ProblemClass.PermissionError, "CROSS_TENANT_CONNECTION", reference, $"does not belong to tenant '{tenantId}'"),
            0 => Refused(ProblemClass.ResourceError, "UNKNOWN_CONNECTION", reference, "does not exist"),
            1 => Judge(reference, candidates[0]),
            _ => Refused(ProblemClass.ResourceError, "AMBIGUOUS_CONNECTION", reference, $"means {candidates.Length} connections"),
        };
        connection = problem is null ? connection : null;
        return problem is null;
    }

    private Problem? Judge(ConnectionRef reference, ConnectionDefinition connection) => connection switch
    {
        { Active: false } => Refused(ProblemClass.ResourceError, "INACTIVE_CONNECTION", reference, "is switched off"),
        { AllowedUsers.Count: > 0 } when !connection.AllowedUsers.Contains(userId) => Refused(
            ProblemClass.PermissionError, "USER_NOT_ALLOWED", reference, $"may not be used by user '{userId}'"),
        _ when drivers.Find(connection.Type) is null => Refused(
            ProblemClass.ResourceError,
            "UNKNOWN_CONNECTION_TYPE",
            reference,
            $"has the type '{connection.Type}'; this build knows {string.Join(", ", drivers.Types.Order(StringComparer.Ordinal))}"),
        _ when connections.Any(c => c != connection && c.Type == connection.Type && (c.Id ?? c.Name) == (connection.Id ?? connection.Name)
            && c.Global == connection.Global && c.TenantId == connection.TenantId) => Refused(
            ProblemClass.ResourceError, "AMBIGUOUS_CONNECTION", reference, $"shares the id '{connection.Id ?? connection.Name}' with another one"),
        _ => null,
    };

    private static Problem Refused(ProblemClass problemClass, string code, ConnectionRef reference, string why) =>
        new(problemClass, code, $"Connection '{reference}' {why}.", $"connections.{reference}");
}
