using System.Collections.Concurrent;
using Bulkhead.Api.Contract;
using Bulkhead.Kubernetes.Entities;
using Bulkhead.Operator.Executions.Status;
using k8s.Models;

namespace Bulkhead.Operator.Metrics;

/// <summary>What the gauges count: the last that was seen of each execution by whoever leads; nothing elsewhere. Decides nothing.</summary>
internal sealed class ExecutionIndex
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Whether this instance leads.</summary>
    public bool Leads { get; private set; }

    /// <summary>The lead begins or has ended: what was seen in one term counts no more in the next, for others have led in between.</summary>
    public void Turn(bool leads)
    {
        Leads = leads;
        _entries.Clear();
    }

    public void Put(WorkflowExecutionEntity execution) => _entries[execution.Uid()] = new Entry(
        execution.Status?.Phase ?? Phases.Pending,
        execution.Status?.Connections?.Count(c => c.State == nameof(ConnectionState.Open)) ?? 0,
        execution.DeletionTimestamp());

    public void Remove(string uid) => _entries.TryRemove(uid, out _);

    public IEnumerable<(string Phase, int Count)> Phase() => Phases.All.Select(p => (p, _entries.Values.Count(e => e.Phase == p)));

    public int OpenConnections => _entries.Values.Sum(e => e.OpenConnections);

    /// <summary>Of the execution that has waited longest for its release since it was deleted; zero when none does.</summary>
    public TimeSpan OldestFinalizer(DateTimeOffset now) =>
        _entries.Values.Select(e => e.DeletedAt).Min() is { } oldest ? now.UtcDateTime - oldest : TimeSpan.Zero;

    private sealed record Entry(string Phase, int OpenConnections, DateTime? DeletedAt);
}
