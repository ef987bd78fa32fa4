namespace Bulkhead.Api.Resources;

/// <summary>Status of a Tenant: condition Ready, and its load.</summary>
public sealed record TenantStatus
{
    public long? ObservedGeneration { get; init; }

    public IReadOnlyList<StatusCondition>? Conditions { get; init; }

    public int? ActiveExecutions { get; init; }

    public int? WaitingExecutions { get; init; }
}
