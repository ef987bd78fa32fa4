using System.Collections.Concurrent;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Engine.Resources;

/// <summary>Closes the resources of one execution. One that fails or hangs does not stop the others.</summary>
internal sealed class ResourceRelease(ResourceEvents events, TimeProvider clock, TimeSpan graceful)
{
    private const int AtOncePerType = 16;

    /// <summary>What a driver may need beyond its time to see that its time is over.</summary>
    private static readonly TimeSpan Overtime = TimeSpan.FromSeconds(5);

    /// <param name="resources">In the order in which their release starts.</param>
    /// <returns>By name of the connection.</returns>
    public async Task<IReadOnlyDictionary<string, ConnectionResult>> AllAsync(IEnumerable<PooledResource> resources)
    {
        var results = new ConcurrentDictionary<string, ConnectionResult>(StringComparer.Ordinal);
        await Task.WhenAll(resources.GroupBy(r => r.Key.Type).Select(type => Parallel.ForEachAsync(
            type,
            new ParallelOptions { MaxDegreeOfParallelism = AtOncePerType },
            async (resource, _) => results[resource.Connection.Name] = await OneAsync(resource))));
        return results;
    }

    private async Task<ConnectionResult> OneAsync(PooledResource place)
    {
        long began = clock.GetTimestamp();
        ReleaseProof proof = await ProveAsync(place);
        place.Credentials.Invalidate();
        events.Disposed(place, proof.Proven, clock.GetElapsedTime(began), proof.Message);
        ConnectionState state = proof.Proven ? ConnectionState.Released : ConnectionState.Unknown;
        return new ConnectionResult(
            place.Connection.Name, place.Key.Type, place.Key.ToString(), place.Handle, state, proof.Message);
    }

    private async Task<ReleaseProof> ProveAsync(PooledResource place)
    {
        using var limit = new CancellationTokenSource(graceful, clock);
        try
        {
            IResource resource = await place.Opening.WaitAsync(TimeSpan.Zero, clock);
            return await resource.ReleaseAsync(limit.Token).WaitAsync(graceful + Overtime, clock);
        }
        catch (Exception error)
        {
            return new ReleaseProof(false, Message: error is TimeoutException
                ? $"The release did not end within {graceful.TotalSeconds:0.#} s."
                : $"The release failed: {error.GetType().Name}.");
        }
    }
}
