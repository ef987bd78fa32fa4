namespace Bulkhead.Operator.Admission;

/// <summary>All that hold a slot or wait for one, as they were last read or written. Not for two threads at once.</summary>
internal sealed class Places
{
    private readonly Dictionary<string, Place> _holding = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> _waiting = new(StringComparer.Ordinal);
    private readonly SortedSet<Place> _arrivals = new(Place.Arrival);
    private readonly Starts _starts = new();

    public IReadOnlyCollection<Place> Waiting => _waiting.Values;

    public bool AnyWaits => _waiting.Count > 0;

    public Place? Find(string uid) => _holding.GetValueOrDefault(uid) ?? _waiting.GetValueOrDefault(uid);

    /// <returns>What was known of it before.</returns>
    public Place? Put(Place place)
    {
        var before = Remove(place.Uid);
        if (place.IsHolding)
        {
            // The server keeps whole seconds; who was first within one is known here.
            if (before is { IsHolding: true }) place = place with { AdmittedAt = before.AdmittedAt };
            _holding[place.Uid] = place;
            _starts.Note(place);
        }
        else
        {
            _waiting[place.Uid] = place;
            _arrivals.Add(place);
        }

        return before;
    }

    /// <returns>What was known of it; null: nothing.</returns>
    public Place? Remove(string uid)
    {
        if (_holding.Remove(uid, out var held)) return held;
        if (!_waiting.Remove(uid, out var waiting)) return null;
        _arrivals.Remove(waiting);
        return waiting;
    }

    public FairShare Share(Limits limits) => new(_holding.Values, _arrivals, limits, _starts);

    public void ForgetOldStarts() => _starts.Keep(_holding.Values.Concat(_waiting.Values));

    public (int Active, int Waiting) Load(string tenant) => (_holding.Values.Count(p => p.Tenant == tenant), _waiting.Values.Count(p => p.Tenant == tenant));

    /// <summary>Others with its key.</summary>
    public IEnumerable<Place> Rivals(Place place) =>
        place.Key is null ? [] : _holding.Values.Concat(_waiting.Values).Where(p => p.Uid != place.Uid && p.SharesKeyWith(place));

    /// <summary>It asked not to be run beside those with its key, and one of them came before it or runs.</summary>
    public bool IsForbidden(Place place) =>
        place.Policy == ConcurrencyPolicies.Forbid && Rivals(place).Any(r => r.IsHolding || Place.Arrival.Compare(r, place) < 0);

    /// <summary>The first that came after it and wants to be run in its place; null: there is none.</summary>
    public Place? Replacer(Place place) =>
        Rivals(place).Where(r => r.Policy == ConcurrencyPolicies.Replace && Place.Arrival.Compare(place, r) < 0).Min(Place.Arrival);
}
