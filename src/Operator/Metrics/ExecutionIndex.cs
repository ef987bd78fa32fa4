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
    private volatile bool _leads;

    /// <summary>Whether this instance leads. What it saw when it led before counts no more: others have led since.</summary>
    public bool Leads
    {
        get => _leads;
        set
        {
            _leads = value;
            _entries.Clear();
        }
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
