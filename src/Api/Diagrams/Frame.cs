namespace Bulkhead.Api.Diagrams;

/// <summary>The inside of a loop or fan-out, or <c>finally</c>; <paramref name="Label"/> is untrusted, <paramref name="Parent"/> the frame around it.</summary>
internal sealed record Frame(string Id, string Label, string? Parent);
