namespace Bulkhead.Engine.Factory;

/// <summary>Which users have engines now; users without one are not in it.</summary>
public sealed record EngineSummary(IReadOnlyList<UserEngines> Users);

/// <param name="TenantId">Users of two tenants are two users, whatever they are called.</param>
/// <param name="UserId">Whose engines they are.</param>
/// <param name="Engines">In the order of their creation.</param>
public sealed record UserEngines(string TenantId, string UserId, IReadOnlyList<EngineLine> Engines);

public sealed record EngineLine(string ExecutionId, string ThreadId, string RunId, double AgeSeconds, bool Running);
