using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;

namespace Bulkhead.Running;

/// <summary>A run that is ready to start, or the faults that keep it from starting.</summary>
public sealed record PreparedRun
{
    /// <summary>For the result's head line.</summary>
    public required string Name { get; init; }

    /// <summary>Null when there are problems.</summary>
    public Job? Job { get; init; }

    /// <summary>Connection name to secret key to value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Secrets { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);

    public IReadOnlyList<Problem> Problems { get; init; } = [];

    public IReadOnlyList<Problem> Warnings { get; init; } = [];
}
