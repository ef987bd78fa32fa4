using Bulkhead.Api.Fairness;
using Bulkhead.Server.Access;

namespace Bulkhead.Server.Executions;

/// <summary>
/// Who runs next. A user has at most <paramref name="perUser"/> running executions, the machine at most <paramref name="workers"/>. In each user's own
/// line the first to come is the first to go; between users, who has fewer running or ahead of it goes first, and among equals who has waited
/// longest since a start of theirs. So nobody's hundred executions delay another's first.
/// </summary>
internal sealed class FairLine(int perUser, int workers)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Owner, Turn> _owners = [];
    private readonly List<Waiter> _waiting = [];
    private long _count;
    private int _running;

    public int Running
    {
        get
        {
            lock (_lock) return _running;
        }
    }

    public int Waiting
    {
        get
        {
            lock (_lock) return _waiting.Count;
        }
    }

    public void Add(Owner owner, Guid uid)
    {
        lock (_lock) _waiting.Add(new Waiter(owner, uid, ++_count));
    }

    /// <summary>False when it does not wait: it was taken, or never came.</summary>
    public bool Remove(Guid uid)
    {
        lock (_lock) return _waiting.RemoveAll(w => w.Uid == uid) > 0;
    }

    /// <summary>The next that may start now. Its place is taken until <see cref="GiveBack"/>.</summary>
    public Guid? TryTake()
    {
        lock (_lock)
        {
            if (_running >= workers) return null;
            foreach (var (owner, uid, _) in Order())
            {
                var turn = TurnOf(owner);
                if (turn.Running >= perUser) continue;
                _waiting.RemoveAll(w => w.Uid == uid);
                _owners[owner] = new Turn(turn.Running + 1, ++_count);
                _running++;
                return uid;
            }

            return null;
        }
    }

    public void GiveBack(Owner owner)
    {
        lock (_lock)
        {
            var turn = TurnOf(owner);
            _owners[owner] = turn with { Running = turn.Running - 1 };
            _running--;
        }
    }

    /// <summary>1 for the next to start, with the length of the line; null when it does not wait.</summary>
    public (int Position, int Length)? PositionOf(Guid uid)
    {
        lock (_lock)
        {
            var index = Order().FindIndex(w => w.Uid == uid);
            return index < 0 ? null : (index + 1, _waiting.Count);
        }
    }

    private List<Waiter> Order() =>
    [
        .. FairOrder.Of(
            from own in _waiting.GroupBy(w => w.Owner)
            let turn = TurnOf(own.Key)
            select new FairShareholder<Waiter>($"{own.Key}", turn.Running, Weight: 1, Math.Max(turn.LastStart, own.First().Arrival), [.. own])),
    ];

    private Turn TurnOf(Owner owner) => _owners.GetValueOrDefault(owner);

    private sealed record Waiter(Owner Owner, Guid Uid, long Arrival);

    private readonly record struct Turn(int Running, long LastStart);
}
