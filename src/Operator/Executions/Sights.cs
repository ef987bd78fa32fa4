using System.Collections.Concurrent;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Operator.Executions;

/// <summary>
/// What the last turn of an execution has seen, so that no turn is taken for nothing: a change that this turn itself has written or read is no news. Anything
/// else is: another version, somebody who asks, a time that has come (docs/decisions/0031).
/// </summary>
internal sealed class Sights(TimeProvider clock)
{
    /// <summary>The echo of a write comes within seconds; after a while a look is taken whatever was seen.</summary>
    internal static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Sight> _last = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);

    /// <summary>Something else than the execution's own object has changed: its next turn is taken.</summary>
    public void Ask(string uid) => _asked[uid] = true;

    /// <summary>A turn begins, before it reads anything: what is asked from here on asks for another one.</summary>
    public void Begin(string uid)
    {
        _last.TryRemove(uid, out _);
        _asked.TryRemove(uid, out _);
    }

    /// <summary>A turn has done all that it had to.</summary>
    /// <param name="uid">Of the execution.</param>
    /// <param name="read">The version that it read.</param>
    /// <param name="written">The version of its last write that went through only because nobody else had written; <paramref name="read"/> where there was none.</param>
    /// <param name="again">When it wants to look again.</param>
    public void End(string uid, string read, string written, TimeSpan? again) =>
        _last[uid] = new Sight(read, written, clock.GetUtcNow(), again is { } pause ? clock.GetUtcNow() + pause : null);

    public void Forget(string uid) => Begin(uid);

    /// <summary>A term begins: others may have led meanwhile.</summary>
    public void Clear() => _last.Clear();

    /// <summary>Whether a look at the server would tell no more than the last one.</summary>
    /// <param name="cached">As the cache has it.</param>
    /// <param name="left">Until the time that the last turn wanted to look again.</param>
    public bool IsSeen(WorkflowExecutionEntity cached, out TimeSpan? left)
    {
        left = null;
        if (_asked.ContainsKey(cached.Uid()) || !_last.TryGetValue(cached.Uid(), out var sight)) return false;
        if (cached.ResourceVersion() != sight.Read && cached.ResourceVersion() != sight.Written) return false;
        var now = clock.GetUtcNow();
        left = sight.Due - now;
        return now - sight.At < GoodFor && !(left <= TimeSpan.Zero);
    }

    private sealed record Sight(string Read, string Written, DateTimeOffset At, DateTimeOffset? Due);
}
