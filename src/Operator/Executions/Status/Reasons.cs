namespace Bulkhead.Operator.Executions.Status;

/// <summary>Reasons of conditions and events. Guarded by an approved list: scripts and alerts match them.</summary>
internal static class Reasons
{
    // Admitted
    public const string JobFixed = nameof(JobFixed);
    public const string WorkflowMissing = nameof(WorkflowMissing);
    public const string ConnectionMissing = nameof(ConnectionMissing);
    public const string NotWanted = nameof(NotWanted);
    public const string JobNameConflict = nameof(JobNameConflict);
    public const string QueueTimedOut = nameof(QueueTimedOut);
    public const string UserLimit = nameof(UserLimit);
    public const string TenantLimit = nameof(TenantLimit);
    public const string ClusterLimit = nameof(ClusterLimit);
    public const string ConcurrencyKey = nameof(ConcurrencyKey);
    public const string ConcurrencyForbidden = nameof(ConcurrencyForbidden);

    // PodReady
    public const string PodPending = nameof(PodPending);
    public const string Running = nameof(Running);
    public const string Unschedulable = nameof(Unschedulable);
    public const string ImageUnavailable = nameof(ImageUnavailable);
    public const string CredentialsMissing = nameof(CredentialsMissing);
    public const string ContainerNotStarted = nameof(ContainerNotStarted);
    public const string QuotaExceeded = nameof(QuotaExceeded);
    public const string PodRefused = nameof(PodRefused);
    public const string NamespaceTerminating = nameof(NamespaceTerminating);
    public const string PodNameConflict = nameof(PodNameConflict);
    public const string WorkerUnreachable = nameof(WorkerUnreachable);
    public const string WorkerEnded = nameof(WorkerEnded);

    /// <summary>The worker runs, and was told to start no other node.</summary>
    public const string Stopping = nameof(Stopping);
    public const string StatusLost = nameof(StatusLost);

    /// <summary>The attempt is settled and released; another one may follow.</summary>
    public const string AttemptOver = nameof(AttemptOver);

    // Why the operator ends a worker, and how an attempt may end without a record of its own
    public const string Deleted = nameof(Deleted);
    public const string Suspended = nameof(Suspended);
    public const string Stopped = nameof(Stopped);
    public const string Replaced = nameof(Replaced);
    public const string Terminated = nameof(Terminated);
    public const string TimedOut = nameof(TimedOut);
    public const string OutOfMemory = nameof(OutOfMemory);
    public const string Evicted = nameof(Evicted);
    public const string DeadlineExceeded = nameof(DeadlineExceeded);
    public const string NodeLost = nameof(NodeLost);
    public const string WorkerDied = nameof(WorkerDied);
    public const string WorkerVanished = nameof(WorkerVanished);
    public const string NeverStarted = nameof(NeverStarted);
    public const string PodDeleted = nameof(PodDeleted);

    // Succeeded
    public const string InProgress = nameof(InProgress);
    public const string Restarting = nameof(Restarting);
    public const string Rerun = nameof(Rerun);
    public const string RerunRefused = nameof(RerunRefused);
    public const string Completed = nameof(Completed);
    public const string Interrupted = nameof(Interrupted);
    public const string Invalid = nameof(Invalid);
    public const string JobTooLarge = nameof(JobTooLarge);

    // ConnectionsReleased
    public const string NothingOpened = nameof(NothingOpened);
    public const string ConnectionsOpen = nameof(ConnectionsOpen);
    public const string ReleasedByWorker = nameof(ReleasedByWorker);
    public const string ReleasedByOwnerTag = nameof(ReleasedByOwnerTag);
    public const string Releasing = nameof(Releasing);
    public const string ReleaseFailed = nameof(ReleaseFailed);
    public const string ReleasePodRefused = nameof(ReleasePodRefused);
    public const string ReleaseRoleChanged = nameof(ReleaseRoleChanged);
    public const string Orphaned = nameof(Orphaned);

    // SpecDrift
    public const string ImmutableFieldEdited = nameof(ImmutableFieldEdited);
}
