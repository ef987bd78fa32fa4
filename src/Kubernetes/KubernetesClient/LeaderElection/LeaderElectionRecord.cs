#nullable disable
namespace k8s.LeaderElection;

/// <summary>What a lease says. An empty holder means that it was given back.</summary>
public class LeaderElectionRecord
{
    public string HolderIdentity { get; set; }

    public int LeaseDurationSeconds { get; set; }

    public DateTime? AcquireTime { get; set; }

    public DateTime? RenewTime { get; set; }

    public int LeaderTransitions { get; set; }
}
