namespace Bulkhead.Api.Problems;

/// <summary>A fault of the user's input, reported as a value and never retried.</summary>
/// <param name="Class">Who has to act, and at which stage it was found.</param>
/// <param name="Code">SCREAMING_SNAKE_CASE, stable: <c>CYCLE_DETECTED</c>, <c>UNKNOWN_FIELD</c>.</param>
/// <param name="Message">One sentence for a person; names the value and what would be right.</param>
/// <param name="Path">Where in the input: <c>nodes[2].run</c>; empty for the whole document.</param>
/// <param name="Line">1-based line in the input file, where known.</param>
public sealed record Problem(ProblemClass Class, string Code, string Message, string Path = "", int? Line = null);
