#nullable disable
namespace k8s.LeaderElection;

/// <summary>A record that many can read and one at a time can change.</summary>
public interface ILock
{
    /// <summary>Who competes: unique for each process.</summary>
    string Identity { get; }

    /// <exception cref="Autorest.HttpOperationException">404: nobody has created it yet.</exception>
    Task<LeaderElectionRecord> GetAsync(CancellationToken cancellationToken = default);

    /// <returns>False: somebody else was faster.</returns>
    Task<bool> CreateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default);

    /// <returns>False: the record has changed since it was read.</returns>
    Task<bool> UpdateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default);

    string Describe();
}
