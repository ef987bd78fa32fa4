using Bulkhead.Api.Context;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Drivers;
using Bulkhead.Engine.Events;

namespace Bulkhead.Engine.Resources;

/// <summary>
/// The resources of one execution, and of no other. The first use of a key opens it, all later ones get the same handle; concurrent
/// first uses open one. Everything is released at the end of the execution, whatever the end; the context's end releases too, should
/// its runner not have done so. Source: NORP-006.
/// </summary>
public sealed class ResourcePool : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PooledResource> _places = new(StringComparer.Ordinal);
    private readonly List<PooledResource> _opened = [];
    private readonly UserExecutionContext _context;
    private readonly ResourcePoolSettings _settings;
    private readonly ConnectionRule _rule;
    private readonly ResourceEvents _events;
    private readonly CancellationTokenSource _closing = new();
    private Task<IReadOnlyList<ConnectionResult>>? _release;
    private bool _sealed;

    public ResourcePool(UserExecutionContext context, ResourcePoolSettings settings, IExecutionEvents events)
    {
        _context = context;
        _settings = settings;
        _rule = new ConnectionRule(context.TenantId, context.UserId, settings.Connections, settings.Drivers.Types);
        _events = new ResourceEvents(context, events, settings.Clock);
        Cache = new ExecutionCache(context.ExecutionId);
        context.OnEnd("resources", _ => ReleaseAsync(ResourcePoolSettings.DefaultGraceful));
    }

    /// <summary>Values of this execution, evicted with its resources.</summary>
    public ExecutionCache Cache { get; }

    /// <summary>The resource of a connection, opened if this is its first use.</summary>
    /// <param name="reference">Name or NORP id.</param>
    /// <param name="node">Who asks, for the events.</param>
    /// <param name="cancellationToken">Ends this caller's waiting; an opening that others wait for goes on.</param>
    /// <exception cref="ExecutionEndedException">The execution has ended.</exception>
    /// <exception cref="NodeFailureException">The connection is refused (PERMISSION_ERROR, RESOURCE_ERROR) or cannot be opened.</exception>
    public async Task<ResourceLease> AcquireAsync(ConnectionRef reference, string node, CancellationToken cancellationToken)
    {
        _context.RequireActive();
        (ConnectionDefinition? connection, IReadOnlyList<Problem> problems) = _rule.Judge(reference.Value);
        if (connection is null)
        {
            Problem problem = problems[0] with { Path = $"connections.{reference}" };
            _events.Refused(problem, node);
            string errorClass = problem.Class == ProblemClass.PermissionError ? "PERMISSION_ERROR" : "RESOURCE_ERROR";
            throw new NodeFailureException(errorClass, problem.Message, retryable: false);
        }

        PooledResource place = Place(connection, node, out bool first);
        IResource resource = await place.Opening.WaitAsync(cancellationToken);
        if (!first)
        {
            _events.Reused(place, node);
        }

        return new ResourceLease(_context, place, resource);
    }

    /// <summary>Opens every declared connection that this tenant and user may use (<c>loading: eager</c>).</summary>
    public Task OpenAllAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_settings.Connections.Select(c => AcquireAsync(new ConnectionRef(c.Name), "context", cancellationToken)));

    /// <summary>
    /// Releases everything: closed in reverse order of opening, at most 16 of one type at once, each within its own time, then proven.
    /// Idempotent.
    /// </summary>
    /// <param name="graceful">Time for each resource to close and to be proven closed.</param>
    /// <returns>What became of every declared connection, in the order of declaration.</returns>
    public Task<IReadOnlyList<ConnectionResult>> ReleaseAsync(TimeSpan graceful)
    {
        lock (_lock)
        {
            return _release ??= ReleaseAllAsync(graceful);
        }
    }

    /// <summary>Releases what nobody has released yet.</summary>
    public async ValueTask DisposeAsync() => await ReleaseAsync(ResourcePoolSettings.DefaultGraceful);

    private PooledResource Place(ConnectionDefinition connection, string node, out bool first)
    {
        IConnectionDriver driver = _settings.Drivers.Find(connection.Type)!;
        lock (_lock)
        {
            if (_release is not null)
            {
                throw new ExecutionEndedException(_context.ExecutionId);
            }

            first = !_places.TryGetValue(connection.Name, out PooledResource? place);
            if (place is null)
            {
                place = new PooledResource(connection, KeyOf(connection), _settings.Credentials(connection.Name).Copy());
                _places.Add(connection.Name, place);
                PooledResource opening = place;
                place.Opening = Task.Run(() => OpenAsync(opening, driver, node));
            }

            return place;
        }
    }

    private async Task<IResource> OpenAsync(PooledResource place, IConnectionDriver driver, string node)
    {
        long began = _settings.Clock.GetTimestamp();
        try
        {
            IResource resource = await driver.OpenAsync(Request(place), _closing.Token);
            bool late;
            lock (_lock)
            {
                late = _sealed;
                _opened.Add(place);
            }

            if (late)
            {
                using var limit = new CancellationTokenSource(ResourcePoolSettings.DefaultGraceful, _settings.Clock);
                await resource.CloseAsync(last: false, limit.Token);
                await resource.ProveAsync(limit.Token);
                throw new OperationCanceledException();
            }

            _events.Allocated(place, node, _settings.Clock.GetElapsedTime(began), resource.Warnings, error: null);
            return resource;
        }
        catch (Exception error)
        {
            lock (_lock)
            {
                _places.Remove(place.Connection.Name); // The next use tries again.
            }

            place.Credentials.Invalidate();
            bool ended = error is OperationCanceledException && _closing.IsCancellationRequested;
            string message = ended ? "the execution has ended" : error is NodeFailureException ? error.Message : error.GetType().Name;
            _events.Allocated(place, node, _settings.Clock.GetElapsedTime(began), [], message);
            throw ended ? new ExecutionEndedException(_context.ExecutionId) : error as NodeFailureException
                ?? new NodeFailureException("ActionError", $"The connection '{place.Connection.Name}' could not be opened: {message}", inner: error);
        }
    }

    private async Task<IReadOnlyList<ConnectionResult>> ReleaseAllAsync(TimeSpan graceful)
    {
        await Task.Yield(); // Leaves the caller's lock.
        _events.Cleanup();
        await _closing.CancelAsync();
        IReadOnlyDictionary<string, ConnectionResult> released =
            await new ResourceRelease(_events, _settings.Clock, graceful).AllAsync(await SealAsync(graceful));
        Cache.Evict();
        _closing.Dispose();
        return
        [
            .. _settings.Connections.Select(c => released.GetValueOrDefault(c.Name)
                ?? new ConnectionResult(c.Name, KeyOf(c).Type, KeyOf(c).ToString(), null, ConnectionState.NotOpened)),
        ];
    }

    /// <summary>Waits for openings, which are cancelled by now. What is still opening afterwards comes first: nothing is proven for it.</summary>
    private async Task<IReadOnlyList<PooledResource>> SealAsync(TimeSpan graceful)
    {
        Task[] openings;
        lock (_lock)
        {
            openings = [.. _places.Values.Select(p => p.Opening)];
        }

        await ((Task)Task.WhenAll(openings).WaitAsync(graceful, _settings.Clock)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _sealed = true;
            return [.. _places.Values.Except(_opened), .. _opened.AsEnumerable().Reverse()];
        }
    }

    private OpenRequest Request(PooledResource place)
    {
        TimeSpan? left = _settings.Deadline is { } deadline ? deadline - _settings.Clock.GetUtcNow() : null;
        TimeSpan? positive = left is { } rest && rest < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left;
        return new OpenRequest(
            place.Connection, place.Credentials, new OwnerTag(_context.ExecutionUid, _context.Attempt), positive, _settings.Clock);
    }

    private ResourceKey KeyOf(ConnectionDefinition connection) => new(
        _context.TenantId,
        _context.ExecutionId,
        _settings.Drivers.Find(connection.Type)?.Category ?? connection.Type,
        connection.Id ?? connection.Name);
}
