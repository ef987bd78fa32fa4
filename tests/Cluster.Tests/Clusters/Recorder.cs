using System.Collections.Concurrent;
using Bulkhead.Cluster.Operator;
using KubeOps.Abstractions.Reconciliation;

namespace Bulkhead.Cluster.Tests.Clusters;

/// <summary>What a controller under test was asked to do, and what it shall answer.</summary>
internal sealed class Recorder
{
    public ConcurrentQueue<(string Name, string Version)> Reconciled { get; } = [];

    public ConcurrentQueue<(string Name, string Uid)> Deleted { get; } = [];

    /// <summary>Last version of each living object, by uid, that a reconcile saw.</summary>
    public ConcurrentDictionary<string, string> Last { get; } = [];

    public Func<Widget, CancellationToken, Task<ReconciliationResult<Widget>>> OnReconcile { get; set; } =
        (w, _) => Task.FromResult(ReconciliationResult<Widget>.Success(w));

    public Func<Widget, CancellationToken, Task<ReconciliationResult<Widget>>> OnDeleted { get; set; } =
        (w, _) => Task.FromResult(ReconciliationResult<Widget>.Success(w));

    public int Count(string name) => Reconciled.Count(r => r.Name == name);
}
