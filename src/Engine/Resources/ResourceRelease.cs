using System.Collections.Concurrent;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Engine.Resources;

/// <summary>
/// Closes the resources of one execution, then has each server look once. One that fails or hangs does not stop the others.
/// </summary>
internal sealed class ResourceRelease(ResourceEvents events, TimeProvider clock, TimeSpan graceful)
{
    private const int AtOncePerType = 16;

    /// <summary>What a driver may need beyond its time to see that its time is over.</summary>
    private static readonly TimeSpan Overtime = TimeSpan.FromSeconds(5);

    /// <param name="places">In the order in which their closing starts.</param>
    /// <returns>By name of the connection.</returns>
    public async Task<IReadOnlyDictionary<string, ConnectionResult>> AllAsync(IEnumerable<PooledResource> places)
    {
        long began = clock.GetTimestamp();
        var closings = new ConcurrentQueue<Closing>();
        await Task.WhenAll(places.GroupBy(p => p.Key.Type).Select(type => Parallel.ForEachAsync(
            type,
            new ParallelOptions { MaxDegreeOfParallelism = AtOncePerType },
            async (place, _) => closings.Enqueue(await CloseAsync(place)))));
        IEnumerable<ConnectionResult>[] results =
            await Task.WhenAll(closings.GroupBy(c => c.Scope).Select(scope => ProveAsync([.. scope], began)));
        return results.SelectMany(r => r).ToDictionary(r => r.Name, StringComparer.Ordinal);
    }

    private async Task<Closing> CloseAsync(PooledResource place)
    {
        string scope = place.Handle;
        try
        {
            IResource resource = await place.Opening.WaitAsync(TimeSpan.Zero, clock);
            scope = $"{place.Connection.Type}|{resource.ProofScope}";
            using var limit = new CancellationTokenSource(graceful, clock);
            await resource.CloseAsync(limit.Token).WaitAsync(graceful + Overtime, clock);
            return new Closing(place, resource, scope, Fault: null);
        }
        catch (Exception error)
        {
            return new Closing(place, Resource: null, scope, Describe(error));
        }
    }

    /// <summary>
    /// One proof for all resources of a scope, by the one that was closed last: only it may have seen that no other was left.
    /// </summary>
    private async Task<IEnumerable<ConnectionResult>> ProveAsync(IReadOnlyList<Closing> scope, long began)
    {
        ReleaseProof proof = await LookAsync(scope.Select(c => c.Resource).LastOrDefault(r => r is not null));
        return scope.Select(closing =>
        {
            PooledResource place = closing.Place;
            bool proven = proof.Proven && closing.Fault is null;
            string? message = closing.Fault ?? proof.Message;
            place.Credentials.Invalidate();
            events.Disposed(place, proven, clock.GetElapsedTime(began), message);
            ConnectionState state = proven ? ConnectionState.Released : ConnectionState.Unknown;
            return new ConnectionResult(place.Connection.Name, place.Key.Type, place.Key.ToString(), place.Handle, state, message);
        }).ToArray();
    }

    private async Task<ReleaseProof> LookAsync(IResource? resource)
    {
        if (resource is null)
        {
            return new ReleaseProof(false);
        }

        using var limit = new CancellationTokenSource(graceful, clock);
        try
        {
            return await resource.ProveAsync(limit.Token).WaitAsync(graceful + Overtime, clock);
        }
        catch (Exception error)
        {
            return new ReleaseProof(false, Message: Describe(error));
        }
    }

    private string Describe(Exception error) => error is TimeoutException
        ? $"The release did not end within {graceful.TotalSeconds:0.#} s."
        : $"The release failed: {error.GetType().Name}.";

    private sealed record Closing(PooledResource Place, IResource? Resource, string Scope, string? Fault);
}
