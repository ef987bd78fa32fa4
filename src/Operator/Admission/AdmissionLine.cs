using Bulkhead.Api.Resources;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Operator.Admission;

/// <summary>
/// Decides which execution gets the next slot, one decision at a time. What it knows is the list of executions, read once in each term, and what every
/// turn since has read or written of one of them; all else follows from that, each time anew (<see cref="FairShare"/>). It writes nothing: it wakes
/// those that may start, and those whose status no longer tells where they stand.
/// </summary>
internal sealed class AdmissionLine(IKubernetesClient client, OperatorOptions options, Waker waker, TimeProvider clock) : IDisposable
{
    /// <summary>Positions are worked out at most this often; who may start is known at once.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    /// <summary>Whoever may start and does not come (its turn fails again and again) loses its place to the next until it comes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _called = new(StringComparer.Ordinal);
    private List<Place> _strangers = [];
    private Places _places = new();
    private Dictionary<string, TenantSpec> _tenants = new(StringComparer.Ordinal);
    private ITimer? _look;
    private bool _isLookDue;
    private volatile int _term;
    private volatile int _termRead = -1;

    /// <summary>A term begins: others may have led, so what is known counts no more.</summary>
    public void Renew() => _term++;

    /// <summary>May it start? From then on it holds its slot, until its status as given to <see cref="NoteAsync"/> says otherwise.</summary>
    /// <param name="execution">As the server has it.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Standing> AskAsync(WorkflowExecutionEntity execution, string tenant, CancellationToken ct)
    {
        await ReadAsync(ct);
        var wakes = new List<Place>();
        Standing standing;
        lock (_lock)
        {
            // Asked twice in one turn, or again after a write that failed: what was given stays given, or two would hand one slot to each other for ever.
            if (_places.Find(execution.Uid()) is { IsHolding: true } held && held.Tenant == tenant) return Standing.Granted;
            var place = Place.Asking(execution, tenant);
            Put(place);
            // Only before its first run: whoever was suspended, or is run again, waits for the other.
            if (execution.Status?.SpecHash is null && _places.IsForbidden(place))
            {
                _places.Remove(place.Uid);
                standing = Standing.Forbidden;
            }
            else
            {
                Call(_places.Rivals(place).Where(r => _places.Replacer(r) is not null), wakes);
                var next = Share().Next();
                standing = next.Contains(place) ? Standing.Granted : Share().Standings()[place.Uid];
                if (standing.IsGranted) Put(place with { IsHolding = true, AdmittedAt = clock.GetUtcNow(), Shown = null });
                Call(next.Where(n => n.Uid != place.Uid), wakes);
                LookLater();
            }
        }

        await WakeAsync(wakes, ct);
        return standing;
    }

    /// <summary>After each turn: what its object says now.</summary>
    public Task NoteAsync(WorkflowExecutionEntity execution, CancellationToken ct) => NoteAsync(execution.Uid(), Place.Of(execution), ct);

    /// <summary>It is gone, or the server did not take what a slot was granted for.</summary>
    public Task ForgetAsync(string uid, CancellationToken ct) => NoteAsync(uid, null, ct);

    /// <summary>The Tenants as they are now. Those that wait in a namespace whose rules have changed are judged anew.</summary>
    public async Task RuleAsync(IEnumerable<TenantEntity> tenants, CancellationToken ct)
    {
        await ReadAsync(ct);
        var wakes = new List<Place>();
        lock (_lock)
        {
            var now = Limits.ById(tenants);
            if (Limits.NamespacesOfChanged(_tenants, now) is not { } namespaces) return;
            _tenants = now;
            var affected = _places.Waiting.Where(w => namespaces.Contains(w.Namespace)).ToList();
            foreach (var place in affected) _places.Remove(place.Uid);
            Call(affected, wakes);
            Move(wakes);
        }

        await WakeAsync(wakes, ct);
    }

    /// <summary>Whether an execution, as the cache has it, waits and has been told so well enough: then a look at the server would change nothing.</summary>
    public async Task<bool> IsToldAsync(WorkflowExecutionEntity seen, CancellationToken ct)
    {
        if (seen.Status?.ObservedGeneration != seen.Generation() || Place.Of(seen) is not { IsHolding: false } place) return false;
        await ReadAsync(ct);
        lock (_lock) return _places.Find(place.Uid) is { IsHolding: false } known && known.Shown == place.Shown && !_called.ContainsKey(place.Uid);
    }

    /// <summary>Whether its job was found good before, by the rules that hold: only its turn to start needs another look at it.</summary>
    public bool HasJudged(WorkflowExecutionEntity execution)
    {
        lock (_lock) return _places.Find(execution.Uid()) is { IsHolding: false, Shown: not null } && execution.Status?.ObservedGeneration == execution.Generation();
    }

    /// <summary>The name of the execution that is to run in its place; null: none is.</summary>
    public async Task<string?> ReplacerOfAsync(string uid, CancellationToken ct)
    {
        await ReadAsync(ct);
        lock (_lock) return _places.Find(uid) is { } place ? _places.Replacer(place)?.Name : null;
    }

    /// <summary>How many of a tenant hold a slot, and how many wait for one.</summary>
    public async Task<(int Active, int Waiting)> LoadAsync(string tenant, CancellationToken ct)
    {
        await ReadAsync(ct);
        lock (_lock) return _places.Load(tenant);
    }

    public void Dispose()
    {
        _look?.Dispose();
        _reading.Dispose();
    }

    /// <summary>After the list: one that is forgotten while the list is under way may still stand in it.</summary>
    private async Task NoteAsync(string uid, Place? place, CancellationToken ct)
    {
        await ReadAsync(ct);
        var wakes = new List<Place>();
        lock (_lock)
        {
            var before = place is null ? Drop(uid) : Put(place);
            if (before is not null && (place is null || (before.IsHolding && !place.IsHolding))) Move(wakes);
        }

        await WakeAsync(wakes, ct);
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        if (_termRead == _term) return;
        await _reading.WaitAsync(ct);
        try
        {
            var term = _term;
            if (_termRead == term) return;
            var tenants = await client.ListAsync<TenantEntity>(cancellationToken: ct);
            var executions = await client.ListAsync<ExecutionGlance>(options.Namespace, cancellationToken: ct);
            lock (_lock)
            {
                _called.Clear();
                _places = new Places();
                _tenants = Limits.ById(tenants);
                foreach (var place in executions.Select(e => Place.Of(e.Metadata, e.Spec, e.Status)).OfType<Place>()) _places.Put(place);
                // The watch, too, begins with a list, and gives each of them a turn: only those that are called use it.
                Look([]);
            }

            _termRead = term;
        }
        finally
        {
            _reading.Release();
        }
    }

    private FairShare Share() => _places.Share(new Limits(options.MaxConcurrentExecutions, _tenants));

    private Place? Put(Place place)
    {
        _called.Remove(place.Uid);
        return _places.Put(place);
    }

    private Place? Drop(string uid)
    {
        _called.Remove(uid);
        return _places.Remove(uid);
    }

    /// <summary>Somebody left: who may start in its place?</summary>
    private void Move(List<Place> wakes)
    {
        // Where nobody waits there is no look that would do it.
        if (!_places.AnyWaits) _places.ForgetOldStarts();
        Call(Share().Next(), wakes);
        LookLater();
    }

    private void Call(IEnumerable<Place> places, List<Place> wakes) => wakes.AddRange(places.Where(p => _called.TryAdd(p.Uid, clock.GetUtcNow())));

    private void LookLater()
    {
        if (_isLookDue || !_places.AnyWaits) return;
        _isLookDue = true;
        _look ??= clock.CreateTimer(_ => _ = LookAroundAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _look.Change(BetweenLooks, Timeout.InfiniteTimeSpan);
    }

    private async Task LookAroundAsync()
    {
        var wakes = new List<Place>();
        List<Place> strangers;
        lock (_lock)
        {
            _isLookDue = false;
            (strangers, _strangers) = (_strangers, []);
            Look(wakes);
        }

        await WakeAsync(wakes, CancellationToken.None);
        // Still not known to the watch: they must not keep a slot free for nobody. Should they come yet, their own turn puts them into the line.
        foreach (var stranger in strangers)
            if (!await waker.WakeAsync(stranger.Name, stranger.Namespace, stranger.Uid, CancellationToken.None)) await ForgetAsync(stranger.Uid, CancellationToken.None);
    }

    /// <summary>Finds those whose status no longer tells where they stand.</summary>
    private void Look(List<Place> wakes)
    {
        _places.ForgetOldStarts();
        var standings = Share().Standings();
        Call(_places.Waiting.Where(w => standings[w.Uid] is var now && (now.IsGranted || !now.IsTold(w.Shown))).ToList(), wakes);
        var granted = standings.Where(s => s.Value.IsGranted).Select(s => s.Key).ToList();
        var late = granted.Where(uid => clock.GetUtcNow() - _called[uid] > Patience).ToList();
        foreach (var uid in late) Drop(uid);
        if (late.Count > 0) Move(wakes);
        if (granted.Count > 0) LookLater();
    }

    private async Task WakeAsync(List<Place> places, CancellationToken ct)
    {
        foreach (var place in places)
        {
            if (await waker.WakeAsync(place.Name, place.Namespace, place.Uid, ct)) continue;
            lock (_lock)
            {
                _strangers.Add(place);
                LookLater();
            }
        }
    }
}
