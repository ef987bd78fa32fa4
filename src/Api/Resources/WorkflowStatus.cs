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
