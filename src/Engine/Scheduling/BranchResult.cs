using System.Text.Json;
using Bulkhead.Engine.Data;
using Bulkhead.Engine.Nodes;

namespace Bulkhead.Engine.Scheduling;

/// <summary>How one branch of a parallel section ended: one entry of <c>parallel_results</c>.</summary>
internal sealed record BranchResult
{
    public required string Branch { get; init; }

    /// <summary>The branch's own state when it ended.</summary>
    public required State State { get; init; }

    public NodeFailure? Failure { get; init; }

    public double TimingMs { get; init; }

    public int RetryCount { get; init; }

    /// <summary><c>closed</c>, <c>open</c> or <c>half_open</c>; null without a circuit breaker.</summary>
    public string? CircuitState { get; init; }

    /// <summary>
    /// The entry in <c>parallel_results</c>. The results of an earlier section, which every branch inherits, are left out: in a loop they would
    /// otherwise multiply with every turn.
    /// </summary>
    public JsonElement ToJson(State fork) => Json.Object(
    [
        new("branch", Json.Of(Branch)),
        new("success", Json.Of(Failure is null)),
        new("state", State.WithoutInherited("parallel_results", fork).ToJson()),
        new("error", Json.Of(Failure?.Message)),
        new("error_type", Json.Of(Failure?.Type)),
        new("timeout", Json.Of(Failure?.Type == NodeFailure.TimeoutError)),
        new("timing_ms", Json.Of(TimingMs)),
        new("retry_count", Json.Of(RetryCount)),
        new("circuit_state", Json.Of(CircuitState)),
    ]);
}
