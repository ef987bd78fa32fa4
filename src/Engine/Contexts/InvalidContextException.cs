using Bulkhead.Api.Problems;

namespace Bulkhead.Engine.Contexts;

/// <summary>A context was asked for with faulty fields. Its message holds every fault.</summary>
public sealed class InvalidContextException(IReadOnlyList<Problem> problems)
    : Exception(string.Join(' ', problems.Select(problem => problem.Message)))
{
    /// <summary>All faults, in the order of the fields.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
