using Bulkhead.Api.Problems;

namespace Bulkhead.Api.Contract;

/// <summary>
/// The worker's small record of its end: the file <c>termination</c> (in a pod: the termination message), at most 4096 bytes,
/// written once and last. Missing or invalid means: nothing is proven.
/// </summary>
public sealed record WorkerTermination
{
    public required ExecutionPhase Phase { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public int NodesDone { get; init; }

    public int NodesFailed { get; init; }

    /// <summary>Failed nodes first, cut to what fits.</summary>
    public IReadOnlyList<NodeResult> Nodes { get; init => field = value ?? []; } = [];

    public IReadOnlyList<ConnectionResult> Connections { get; init => field = value ?? []; } = [];

    public IReadOnlyList<Problem> Problems { get; init => field = value ?? []; } = [];

    /// <summary>True only when every connection that was opened was closed and the server no longer shows its session.</summary>
    public required bool ReleaseProven { get; init; }
}
