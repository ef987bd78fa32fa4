namespace Bulkhead.Api.Text;

/// <summary>One field of a mapping.</summary>
/// <param name="Name">The key as text.</param>
/// <param name="Line">1-based line of the key, where known.</param>
/// <param name="Value">The value, which knows its own path and line.</param>
public sealed record SourceField(string Name, int? Line, SourceValue Value);
