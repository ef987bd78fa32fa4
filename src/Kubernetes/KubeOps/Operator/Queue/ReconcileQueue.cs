using System.Threading.Channels;

namespace KubeOps.Operator.Queue;

/// <summary>
/// Keys that wait for a reconcile. A key is handed to one worker at a time; wishes that come meanwhile become one more turn, at the end of the line,
/// so that a key that changes all the time costs the others nothing.
/// <code>
///           Add                TakeAsync                 Done
/// (idle) --------&gt; ready ------------------&gt; working ----------&gt; idle, or ready again when asked meanwhile
///    \__ AddAfter __&gt; waiting for its time __/
/// </code>
/// </summary>
internal sealed class ReconcileQueue : IDisposable
{
    /// <summary>A timer takes at most 49 days, and a time to live may be years: whoever is woken early looks how long is left.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    /// <summary>For a turn that wants the next one at once, or has reckoned with a time that has passed: it must not keep a worker to itself.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Dictionary<EntityKey, Entry> _entries = [];
    private readonly PriorityQueue<EntityKey, long> _waiting = new();
    private readonly Channel<EntityKey> _ready = Channel.CreateUnbounded<EntityKey>();
    private readonly Backoff _backoff;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public ReconcileQueue(Backoff backoff, TimeProvider time)
    {
        _backoff = backoff;
        _time = time;
        _timer = time.CreateTimer(static queue => ((ReconcileQueue)queue!).Ripen(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Ready => _ready.Reader.Count;

    public int Waiting
    {
        get
        {
            lock (_lock)
                return _entries.Values.Count(e => e.Due is not null);
        }
    }

    public void Add(EntityKey key)
    {
        lock (_lock)
            MakeReady(key, Entered(key));
    }

    /// <summary>The earliest of several wishes counts.</summary>
    public void AddAfter(EntityKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }
        lock (_lock)
            Schedule(key, Entered(key), delay);
    }

    /// <summary>The key that has waited longest. The caller owes a <see cref="Done"/>.</summary>
    public async ValueTask<EntityKey> TakeAsync(CancellationToken ct)
    {
        var key = await _ready.Reader.ReadAsync(ct);
        lock (_lock)
        {
            var entry = _entries[key];
            entry.IsReady = false;
            entry.IsWorking = true;
        }
        return key;
    }

    /// <summary>Ends a turn. A failed key comes again after its backoff, or after <paramref name="again"/> where that is given.</summary>
    public void Done(EntityKey key, bool failed = false, TimeSpan? again = null)
    {
        lock (_lock)
        {
            var entry = _entries[key];
            entry.IsWorking = false;
            entry.Failures = failed ? entry.Failures + 1 : 0;
            if ((again ?? (failed ? _backoff.Pause(entry.Failures) : null)) is { } pause)
                Schedule(key, entry, pause > TimeSpan.Zero ? pause : ShortestPause);
            if (entry.IsWanted)
            {
                entry.IsWanted = false;
                MakeReady(key, entry);
            }
            else if (entry.IsIdle)
            {
                _entries.Remove(key);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private Entry Entered(EntityKey key)
    {
        if (!_entries.TryGetValue(key, out var entry))
            _entries[key] = entry = new();
        return entry;
    }

    private void MakeReady(EntityKey key, Entry entry)
    {
        if (entry.IsWorking)
        {
            entry.IsWanted = true;
        }
        else if (!entry.IsReady)
        {
            entry.IsReady = true;
            _ready.Writer.TryWrite(key);
        }
    }

    private void Schedule(EntityKey key, Entry entry, TimeSpan delay)
    {
        var due = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
        if (entry.Due <= due)
            return;
        entry.Due = due;
        _waiting.Enqueue(key, due);
        if (_waiting.TryPeek(out _, out var first) && first == due)
            Arm(due);
    }

    private void Ripen()
    {
        lock (_lock)
        {
            while (_waiting.TryPeek(out var key, out var due))
            {
                if (due > _time.GetTimestamp())
                {
                    Arm(due);
                    return;
                }
                _waiting.Dequeue();
                // An entry whose time was moved forward lies here twice; only the one that still holds counts.
                if (_entries.TryGetValue(key, out var entry) && entry.Due == due)
                {
                    entry.Due = null;
                    MakeReady(key, entry);
                }
            }
        }
    }

    private void Arm(long due)
    {
        var wait = TimeSpan.FromSeconds((double)(due - _time.GetTimestamp()) / _time.TimestampFrequency) + TimeSpan.FromMilliseconds(1);
        _timer.Change(TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestSleep.Ticks)), Timeout.InfiniteTimeSpan);
    }

    private sealed class Entry
    {
        public bool IsReady { get; set; }

        public bool IsWorking { get; set; }

        public bool IsWanted { get; set; }

        public int Failures { get; set; }

        public long? Due { get; set; }

        public bool IsIdle => !IsReady && !IsWorking && !IsWanted && Failures == 0 && Due is null;
    }
}
