namespace Bulkhead.Api.Templates;

/// <summary>One part of a template: literal text, or an expression. Exactly one is set.</summary>
public sealed record TemplatePart(string? Text, Expression? Expression);
