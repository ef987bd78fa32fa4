namespace Bulkhead.Operator.Executions.Pods;

/// <summary>What a decision needs to know of a pod.</summary>
internal sealed record PodFacts
{
    public required string Name { get; init; }

    public required string Uid { get; init; }

    /// <summary>Whether its label carries the execution's uid; another's pod is neither adopted nor deleted.</summary>
    public required bool IsOurs { get; init; }

    /// <summary>By its label; null where it has none.</summary>
    public int? Attempt { get; init; }

    /// <summary>Of the job that it was made for.</summary>
    public string? JobHash { get; init; }

    public bool IsFenced { get; init; }

    /// <summary>It was told to start no other node.</summary>
    public bool IsToldToStop { get; init; }

    /// <summary>When its end was asked for; null while it is wanted.</summary>
    public DateTimeOffset? DeletingSince { get; init; }

    /// <summary>The grace period of the deletion is over or was zero: the kubelet sets it so when it has ended the pod, and so does <c>--force</c>.</summary>
    public bool IsGraceOver { get; init; }

    public TimeSpan Grace { get; init; }

    public string Phase { get; init; } = "Pending";

    /// <summary>The pod's own reason, such as Evicted or DeadlineExceeded.</summary>
    public string? Reason { get; init; }

    public string? Message { get; init; }

    /// <summary>Null: no node has it.</summary>
    public string? Node { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it got its node; null: it has none, or nobody said when.</summary>
    public DateTimeOffset? BoundAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public bool IsRunning { get; init; }

    /// <summary>The worker has ended; others in its pod perhaps not.</summary>
    public bool HasWorkerEnded { get; init; }

    /// <summary>How the worker ended, once every container of its pod has; null while one has not, as far as anybody knows.</summary>
    public ContainerEnd? End { get; init; }

    /// <summary>Why its container waits, such as ImagePullBackOff; null when it does not.</summary>
    public string? Waiting { get; init; }

    /// <summary>Why it is not on a node, such as Unschedulable, with the scheduler's message in <see cref="Message"/>.</summary>
    public string? Unscheduled { get; init; }

    /// <summary>What its events say of a Secret or ConfigMap that is not there; read only where it decides something.</summary>
    public string? MountFault { get; init; }

    /// <summary>Whether its events say that a container of it was started; read with <see cref="MountFault"/>.</summary>
    public bool WasStarted { get; init; }

    public bool IsOver => Phase is "Succeeded" or "Failed" || HasWorkerEnded;

    /// <summary>
    /// Nothing of it can have run: no node had it, or its kubelet has said what keeps it from starting. A kubelet that says no more than ContainerCreating may
    /// have started it since, and (up to 1.21) ends and forgets it with no other word (docs/decisions/0022).
    /// </summary>
    public bool NeverStarted => Phase == "Pending" && !IsRunning && !HasWorkerEnded && StartedAt is null
        && (Node is null || (!WasStarted && PendingReason.Of(this) is not null));
}

/// <param name="ExitCode">128 + n after signal n.</param>
/// <param name="Reason">Completed, Error, OOMKilled, ...</param>
/// <param name="FinishedAt">By the kubelet's clock.</param>
/// <param name="Message">The termination message.</param>
internal sealed record ContainerEnd(int ExitCode, string? Reason, DateTimeOffset? FinishedAt, string? Message);
