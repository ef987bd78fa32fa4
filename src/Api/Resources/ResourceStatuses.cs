namespace Bulkhead.Api.Resources;

/// <summary>Status of a Workflow: condition Valid with all faults, and the plan in numbers.</summary>
public sealed record WorkflowStatus
{
    public long? ObservedGeneration { get; init; }

    public IReadOnlyList<StatusCondition>? Conditions { get; init; }

    public PlanSummary? Plan { get; init; }
}

/// <summary>A plan in numbers.</summary>
public sealed record PlanSummary
{
    /// <summary>StateGraph or DependencyGraph.</summary>
    public required string Dialect { get; init; }

    public int Nodes { get; init; }

    /// <summary>Levels of a dependency graph, or parallel sections of a state graph.</summary>
    public int Groups { get; init; }

    /// <summary>Most nodes or branches that run at one time.</summary>
    public int Widest { get; init; }
}

/// <summary>Status of a Connection: condition Ready.</summary>
public sealed record ConnectionStatus
{
    public long? ObservedGeneration { get; init; }

    public IReadOnlyList<StatusCondition>? Conditions { get; init; }

    /// <summary>What works but not as well as it could, such as a server-side time-out that the server refuses.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}

/// <summary>Status of a Tenant: condition Ready, and its load.</summary>
public sealed record TenantStatus
{
    public long? ObservedGeneration { get; init; }

    public IReadOnlyList<StatusCondition>? Conditions { get; init; }

    public int? ActiveExecutions { get; init; }

    public int? WaitingExecutions { get; init; }
}
