namespace KubeOps.Abstractions.Builder;

/// <summary>Settings of an operator, with the defaults of the published package.</summary>
public sealed class OperatorSettingsBuilder
{
    /// <summary>Names the lease, the source of events and the meter. Default <c>kubernetesoperator</c>.</summary>
    public string Name { get; set; } = "kubernetesoperator";

    /// <summary>The only namespace to watch. Default null: all.</summary>
    public string? Namespace { get; set; }

    /// <summary>Default None.</summary>
    public LeaderElectionType LeaderElectionType { get; set; } = LeaderElectionType.None;

    public QueueStrategy QueueStrategy { get; set; } = QueueStrategy.InMemory;

    /// <summary>Default 15 s.</summary>
    public TimeSpan LeaderElectionLeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Default 10 s.</summary>
    public TimeSpan LeaderElectionRenewDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Default 2 s.</summary>
    public TimeSpan LeaderElectionRetryPeriod { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Attach every registered finalizer before the first reconcile. Default true.</summary>
    public bool AutoAttachFinalizers { get; set; } = true;

    /// <summary>Remove a finalizer when its <c>FinalizeAsync</c> succeeded. Default true.</summary>
    public bool AutoDetachFinalizers { get; set; } = true;

    /// <summary>Default ByGeneration.</summary>
    public ReconcileStrategy ReconcileStrategy { get; set; } = ReconcileStrategy.ByGeneration;

    public ParallelReconciliationSettingsBuilder ParallelReconciliation { get; set; } = new();

    /// <summary>Default true.</summary>
    public bool EnableMetrics { get; set; } = true;

    public OperatorSettings Build() => new()
    {
        Name = Name,
        Namespace = Namespace,
        LeaderElectionType = LeaderElectionType,
        QueueStrategy = QueueStrategy,
        LeaderElectionLeaseDuration = LeaderElectionLeaseDuration,
        LeaderElectionRenewDeadline = LeaderElectionRenewDeadline,
        LeaderElectionRetryPeriod = LeaderElectionRetryPeriod,
        AutoAttachFinalizers = AutoAttachFinalizers,
        AutoDetachFinalizers = AutoDetachFinalizers,
        ReconcileStrategy = ReconcileStrategy,
        ParallelReconciliation = ParallelReconciliation.Build(),
        EnableMetrics = EnableMetrics,
    };
}
