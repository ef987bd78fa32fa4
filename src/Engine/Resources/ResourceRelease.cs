using System.Collections.Concurrent;
using Bulkhead.Api.Contract;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Engine.Resources;

/// <summary>
/// Closes the resources of one execution, then has each server look once. One that fails or hangs does not stop the others.
/// </summary>
internal sealed class ResourceRelease(ResourceEvents events, TimeProvider clock, TimeSpan graceful)
{
    private const int AtOnce = 16;

    /// <summary>What a driver may need beyond its time to see that its time is over.</summary>
    private static readonly TimeSpan Overtime = TimeSpan.FromSeconds(5);

    /// <param name="places">In the order in which their closing starts.</param>
    /// <returns>By name of the connection.</returns>
    public async Task<IReadOnlyDictionary<string, ConnectionResult>> AllAsync(IEnumerable<PooledResource> places)
    {
        long began = clock.GetTimestamp();
        Closing[] closings = await Task.WhenAll(places.Select(FindAsync));
        Closing[][] scopes = [.. closings.GroupBy(c => c.Scope).Select(scope => scope.ToArray())];
        await Task.WhenAll(scopes.SelectMany(scope => scope.SkipLast(1))
            .GroupBy(c => c.Place.Key.Type)
            .Select(type => SomeAtOnceAsync(type, closing => CloseAsync(closing, last: false))));
        var results = new ConcurrentDictionary<string, ConnectionResult>(StringComparer.Ordinal);
        await SomeAtOnceAsync(scopes, async scope =>
        {
            await CloseAsync(scope[^1], last: true);
            foreach (ConnectionResult result in await ProveAsync(scope, began))
            {
                results[result.Name] = result;
            }
        });
        return results;
    }

    private async Task<Closing> FindAsync(PooledResource place)
    {
        try
        {
            IResource resource = await place.Opening.WaitAsync(TimeSpan.Zero, clock);
            return new Closing(place, resource, $"{place.Connection.Type}|{resource.ProofScope}");
        }
        catch (Exception error)
        {
            return new Closing(place, Resource: null, place.Handle) { Fault = Describe(error) };
        }
    }

    private async Task CloseAsync(Closing closing, bool last)
    {
        if (closing.Resource is null)
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(graceful, clock);
            await closing.Resource.CloseAsync(last, limit.Token).WaitAsync(graceful + Overtime, clock);
        }
        catch (Exception error)
        {
            closing.Fault = Describe(error);
        }
    }

    /// <summary>
    /// One proof for all resources of a scope, by the one that was closed last: only it may have seen that no other was left. A resource that
    /// could not be closed does not hinder it.
    /// </summary>
    private async Task<IReadOnlyList<ConnectionResult>> ProveAsync(Closing[] scope, long began)
    {
        ReleaseProof proof = await LookAsync(Array.FindLast(scope, c => c.Fault is null)?.Resource);
        return
        [
            .. scope.Select(closing =>
            {
                PooledResource place = closing.Place;
                bool proven = proof.Proven && closing.Fault is null;
                string? message = closing.Fault ?? proof.Message;
                place.Credentials.Invalidate();
                events.Disposed(place, proven, clock.GetElapsedTime(began), message);
                ConnectionState state = proven ? ConnectionState.Released : ConnectionState.Unknown;
                return new ConnectionResult(place.Connection.Name, place.Key.Type, place.Key.ToString(), place.Handle, state, message);
            }),
        ];
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

    /// <summary>Starts in the given order, a few at once.</summary>
    private static async Task SomeAtOnceAsync<T>(IEnumerable<T> items, Func<T, Task> body)
    {
        using var gate = new SemaphoreSlim(AtOnce);
        var running = new List<Task>();
        foreach (T item in items)
        {
            await gate.WaitAsync();
            running.Add(RunAsync(item));
        }

        await Task.WhenAll(running);

        async Task RunAsync(T item)
        {
            try
            {
                await body(item);
            }
            finally
            {
                gate.Release();
            }
        }
    }

    private sealed record Closing(PooledResource Place, IResource? Resource, string Scope)
    {
        public string? Fault { get; set; }
    }
}
