namespace Bulkhead.Api.Workflows;

/// <summary>One rule of what runs next. Exactly one of <see cref="To"/> and <see cref="Parallel"/> is set.</summary>
public sealed record Transition
{
    /// <summary>When the rule applies; null means always.</summary>
    public Condition? When { get; init; }

    /// <summary>Name of the next node, or <see cref="Workflow.EndName"/>.</summary>
    public string? To { get; init; }

    /// <summary>The parallel section that is forked.</summary>
    public ParallelSection? Parallel { get; init; }

    /// <summary>Where the rule stands in the input: <c>edges[1]</c>.</summary>
    public required string Path { get; init; }
}
