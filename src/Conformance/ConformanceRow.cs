namespace Bulkhead.Conformance;

/// <summary>One row of the conformance tables as code.</summary>
/// <param name="Id">As in the tables: <c>NORP-006-T1</c>.</param>
/// <param name="Title">What it shows, in a few words.</param>
public sealed record ConformanceRow(string Id, string Title)
{
    /// <summary>Recommended, not required, by its specification.</summary>
    public bool Optional { get; init; }

    /// <summary>False where the row touches no external system, and needs no database of its own.</summary>
    internal bool NeedsDatabase { get; init; } = true;

    /// <summary>Runs the row and throws <see cref="RowFailedException"/> at the first claim that does not hold. Returns a note for the report.</summary>
    internal Func<Bench, CancellationToken, Task<string>> Run { get; init; } = (_, _) => throw new RowFailedException("The row has no code.");

    /// <summary>Breaks what the row is about; under it the row must fail, or it shows nothing.</summary>
    internal Func<RowWiring, RowWiring> Sabotage { get; init; } = wiring => wiring;

    public override string ToString() => $"{Id} {Title}";
}
