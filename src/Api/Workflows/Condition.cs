namespace Bulkhead.Api.Workflows;

/// <summary>
/// A condition on state. Without <paramref name="Expected"/> the expression's value must be true in the sense of
/// workflow-language.md ("Truth"); with it, the value's text must equal it (an edge with <c>targets</c>, or <c>when: false</c>).
/// </summary>
/// <param name="Expression">A Lua expression as the author wrote it.</param>
/// <param name="Expected">The text that the value must have, or null.</param>
public sealed record Condition(string Expression, string? Expected = null);
