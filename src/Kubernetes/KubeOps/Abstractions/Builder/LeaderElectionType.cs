namespace KubeOps.Abstractions.Builder;

/// <summary>Who may reconcile. None: every instance. Single: the holder of one lease. Custom and Scoped are refused by this runtime.</summary>
public enum LeaderElectionType
{
    None = 0,
    Single = 1,
    Custom = 2,
    Scoped = 3,
}
