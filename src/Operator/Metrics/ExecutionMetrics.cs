using System.Diagnostics.Metrics;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Resources;
using Bulkhead.Operator.Executions;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Metrics;

/// <summary>Metrics of executions. No name of an execution, tenant or user is ever a label.</summary>
internal sealed class ExecutionMetrics
{
    public const string MeterName = "bulkhead";
    private readonly Histogram<double> _release;
    private long _orphaned;
    private long _found;

    public ExecutionMetrics(IMeterFactory meters, ExecutionIndex index, TimeProvider clock)
    {
        var meter = meters.Create(MeterName);
        // There from the start, as 0: an alert sees the first one.
        meter.CreateObservableCounter(
            "bulkhead.connections.orphaned", () => Interlocked.Read(ref _orphaned), "{connections}", "Connections whose release was given up without proof.");
        meter.CreateObservableCounter(
            "bulkhead.audit.sessions", () => Interlocked.Read(ref _found), "{sessions}", "Sessions that audits found and that belong to no living execution.");
        meter.CreateObservableGauge("bulkhead.leader", () => index.Leads ? 1 : 0, unit: null, "1 on the replica that leads, 0 on those that wait.");
        _release = meter.CreateHistogram<double>("bulkhead.release", "s", "From the end of a worker to the proof that its connections are closed.");
        meter.CreateObservableGauge(
            "bulkhead.executions", () => index.Phase().Select(p => new Measurement<int>(p.Count, new KeyValuePair<string, object?>("phase", p.Phase))),
            "{executions}", "Executions by phase.");
        meter.CreateObservableGauge("bulkhead.connections.open", () => index.OpenConnections, "{connections}", "Connections that living workers may hold.");
        meter.CreateObservableGauge(
            "bulkhead.finalizer.age", () => index.OldestFinalizer(clock.GetUtcNow()).TotalSeconds, "s",
            "How long the oldest deleted execution has waited for its release.");
    }

    /// <param name="before">The status before the turn.</param>
    /// <param name="after">The facts of the turn, with the status that it wrote.</param>
    public void Record(WorkflowExecutionStatus before, Observed after)
    {
        if (before.Is(ConditionTypes.ConnectionsReleased, "False") && after.Status.Is(ConditionTypes.ConnectionsReleased, "True")
            && after.Worker?.End?.FinishedAt is { } ended)
            _release.Record(Math.Max(0, (after.Now - ended).TotalSeconds));
        var orphaned = Orphans(after.Status) - Orphans(before);
        if (orphaned > 0) Interlocked.Add(ref _orphaned, orphaned);
    }

    public void OrphansFound(int sessions) => Interlocked.Add(ref _found, sessions);

    private static int Orphans(WorkflowExecutionStatus status) => status.Connections?.Count(c => c.State == nameof(ConnectionState.Orphaned)) ?? 0;
}
