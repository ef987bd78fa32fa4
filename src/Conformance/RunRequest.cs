using Bulkhead.Api.Contract;

namespace Bulkhead.Conformance;

/// <summary>One execution that a row asks for.</summary>
/// <param name="Document">The workflow, JSON.</param>
internal sealed record RunRequest(string Document)
{
    public string TenantId { get; init; } = "acme";

    public string UserId { get; init; } = "alice";

    public required IReadOnlyList<ConnectionDefinition> Connections { get; init; }

    public bool Eager { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>Cancels the run as a user does.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Called with each event, on the engine's own thread.</summary>
    public Action<ExecutionEvent>? OnEvent { get; init; }
}
