using Bulkhead.Api.Text;

namespace Bulkhead.Api.Problems;

/// <summary>Gathers the faults of one stage; keeps the first <see cref="InputBounds.Problems"/> and counts the rest.</summary>
public sealed class ProblemList
{
    private readonly List<Problem> _problems = [];

    /// <summary>All faults, those beyond the bound included.</summary>
    public int Count { get; private set; }

    /// <summary>Whether further faults are only counted, so that their messages need not be built.</summary>
    public bool IsFull => Count >= InputBounds.Problems;

    public void CountOnly() => Count++;

    public void Add(Problem problem)
    {
        if (Count++ < InputBounds.Problems) _problems.Add(problem);
    }

    public void Add(string code, string message, SourceValue at) => Add(code, message, at.Path, at.Line);

    public void Add(string code, string message, SourcePath path, int? line)
    {
        if (IsFull) CountOnly();
        else Add(new Problem(ProblemClass.StructuralError, code, message, path.ToString(), line));
    }

    /// <summary>The faults in the order they were found; the last one tells how many are not listed.</summary>
    public IReadOnlyList<Problem> ToList() => Count <= InputBounds.Problems
        ? [.. _problems]
        : [.. _problems, new Problem(ProblemClass.StructuralError, "MORE_PROBLEMS", $"{Count - InputBounds.Problems:n0} more faults are not listed")];
}
