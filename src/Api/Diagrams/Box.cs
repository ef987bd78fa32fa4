namespace Bulkhead.Api.Diagrams;

internal enum BoxKind
{
    Step,
    Query,
    Loop,
    FanOut,
    Join,
    Terminal,
}

/// <summary>One node of a drawing; <paramref name="Id"/> is ours, <paramref name="Label"/> and <paramref name="Name"/> (the node's; null: start or end) untrusted.</summary>
internal sealed record Box(string Id, string Label, BoxKind Kind, string? Frame, string? Name = null);

/// <summary>One arrow; a fork is drawn thick, a fallback dotted.</summary>
internal sealed record Arrow(string From, string To, string? Label, ArrowKind Kind);

internal enum ArrowKind
{
    Next,
    Fork,
    Fallback,
}
