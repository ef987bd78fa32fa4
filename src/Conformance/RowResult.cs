namespace Bulkhead.Conformance;

/// <summary>How one row ended.</summary>
/// <param name="Id">The row.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Passed">Whether every claim held.</param>
/// <param name="Optional">Recommended, not required.</param>
/// <param name="Note">What was seen, or which claim failed.</param>
/// <param name="DurationMs">Wall time.</param>
/// <param name="Measured">What was measured, by name.</param>
public sealed record RowResult(
    string Id, string Title, bool Passed, bool Optional, string Note, double DurationMs, IReadOnlyDictionary<string, string> Measured);
