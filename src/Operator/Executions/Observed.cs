using Bulkhead.Api.Contract;
using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Admission;
using Bulkhead.Operator.Executions.Jobs;
using Bulkhead.Operator.Executions.Planning;
using Bulkhead.Operator.Executions.Pods;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;

namespace Bulkhead.Operator.Executions;

/// <summary>All facts of one look at an execution. Everything is read from the server, nothing from a cache: the cache only says when to look.</summary>
internal sealed record Observed
{
    public required WorkflowExecutionEntity Execution { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>What would be run; null where it is fixed already.</summary>
    public JobDraft? Draft { get; init; }

    /// <summary>The job that was fixed; null where it is not written yet, is not the one that was fixed, or was not asked for.</summary>
    public PodShape? Job { get; init; }

    /// <summary>Set where workers are there and the status does not know of them: the highest attempt.</summary>
    public int? LostAttempt { get; init; }

    /// <summary>Of the lost job, as its workers say.</summary>
    public string? LostJobHash { get; init; }

    /// <summary>Before admission something has the name of the job, and no worker tells that it is ours.</summary>
    public bool IsJobNameTaken { get; init; }

    /// <summary>Whether it may start; null where it does not ask to.</summary>
    public Standing? Standing { get; init; }

    /// <summary>The execution that is to run in its place; null: none is.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>The worker pod of the current attempt.</summary>
    public PodFacts? Worker { get; init; }

    /// <summary>Its node; read only where it decides something.</summary>
    public NodeFacts? Node { get; init; }

    /// <summary>The release pod of the current attempt; where one does not go and others were made, the youngest.</summary>
    public PodFacts? Release { get; init; }

    /// <summary>The node of a release pod that was let go because it does not end; null: there is none.</summary>
    public string? SilentNode { get; init; }

    public NodeFacts? ReleaseNode { get; init; }

    /// <summary>The full result from the worker's log, best effort.</summary>
    public ExecutionResult? Result { get; init; }

    public bool IsNamespaceTerminating { get; init; }

    /// <summary>It has finished, and as many newer ones are there as its tenant keeps.</summary>
    public bool IsBeyondHistory { get; init; }

    public WorkflowExecutionSpec Spec => Execution.Spec;

    public WorkflowExecutionStatus Status => Execution.Status ?? new WorkflowExecutionStatus();

    public bool IsDeleting => Execution.DeletionTimestamp() is not null;

    /// <summary>As the status says, unless it was edited and a worker of another attempt is there.</summary>
    public int Attempt => Worker?.Attempt ?? Status.Attempt ?? 1;

    /// <summary>Whether the job is fixed: from here on later edits of immutable fields change nothing.</summary>
    public bool IsAdmitted => Status.SpecHash is not null;

    /// <summary>A status that was edited to be finished finishes nothing: a worker that is there and not gone counts.</summary>
    public bool IsFinished => Status.CompletionTime is not null && (Worker is not { IsOurs: true, IsFenced: true } worker || Fence.IsGone(worker, Node));

    /// <summary>Whether the worker pod of this attempt was, or may have been, seen before.</summary>
    public bool WasWorkerSeen => Status.Reason(ConditionTypes.PodReady) is not (Reasons.PodPending or Reasons.QuotaExceeded or Reasons.PodRefused
        or Reasons.PodNameConflict or Reasons.JobNameConflict or Reasons.NamespaceTerminating);

    /// <summary>Between two attempts and without a slot: it was suspended, or is to be run again.</summary>
    public bool IsBetweenRuns => IsAdmitted && Status.Reason(ConditionTypes.PodReady) == Reasons.AttemptOver && Status.Is(ConditionTypes.Admitted, "False");

    public bool IsWanted => !IsDeleting && Spec.DesiredState is null or "Running";

    /// <summary>It has finished, and its rerunToken is another one than it began with.</summary>
    public bool IsRerunWanted => IsFinished && IsWanted && Reruns.IsAsked(Execution);

    public bool IsOrphaningForced => Execution.GetAnnotation(Names.ForceRelease) == "orphan";
}
