using Bulkhead.Api.Problems;

namespace Bulkhead.Server.Http;

/// <summary>A refused request as <c>application/problem+json</c> (RFC 9457), with every fault of the document.</summary>
internal sealed record ProblemDocument
{
    /// <summary>SCREAMING_SNAKE_CASE, stable.</summary>
    public required string Code { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    public string? Detail { get; init; }

    /// <summary>All faults, each with class, code, message, path and line.</summary>
    public IReadOnlyList<Problem>? Faults { get; init; }
}
