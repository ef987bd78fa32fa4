namespace Bulkhead.Api.Workflows;

/// <summary>A fork: branches from their first node up to the fan-in.</summary>
/// <param name="Branches">First node of each branch, in declaration order: the order of <c>parallel_results</c>.</param>
/// <param name="FanIn">Node where the branches join, or <see cref="Workflow.EndName"/>.</param>
/// <param name="Settings">The edge's settings over those of the workflow.</param>
public sealed record ParallelSection(IReadOnlyList<string> Branches, string FanIn, ParallelSettings Settings);
