namespace Bulkhead.Api.Workflows;

/// <summary>
/// A condition on state. Without <paramref name="Expected"/> the expression's value must be true in the sense of
/// workflow-language.md ("Truth"); with it, the value's text must equal it (an edge with <c>targets</c>).
/// </summary>
/// <param name="Expression">An expression as the author wrote it (<see cref="Templates.Expression"/>), known to parse.</param>
/// <param name="Expected">The text that the value must have, or null.</param>
/// <param name="Negated">Whether the value must be false instead (<c>when: false</c>). Never together with <paramref name="Expected"/>.</param>
public sealed record Condition(string Expression, string? Expected = null, bool Negated = false)
{
    /// <summary>The condition as a message shows it.</summary>
    public override string ToString() =>
        Expected is not null ? $"{Expression} is '{Expected}'" : Negated ? $"not ({Expression})" : Expression;
}
