namespace Bulkhead.Conformance;

/// <summary>A claim of a conformance row does not hold.</summary>
public sealed class RowFailedException(string claim) : Exception(claim);
