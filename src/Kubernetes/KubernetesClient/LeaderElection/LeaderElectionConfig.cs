namespace k8s.LeaderElection;

/// <summary>Times of an election. Others take over <see cref="LeaseDuration"/> after the last renewal that they saw.</summary>
public class LeaderElectionConfig(ILock @lock)
{
    public ILock Lock { get; set; } = @lock;

    /// <summary>Default 15 s.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A leader that could not renew for so long steps down. Must be below <see cref="LeaseDuration"/>. Default 10 s.</summary>
    public TimeSpan RenewDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause between tries. Default 2 s.</summary>
    public TimeSpan RetryPeriod { get; set; } = TimeSpan.FromSeconds(2);
}
