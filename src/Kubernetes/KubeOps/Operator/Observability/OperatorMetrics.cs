using System.Diagnostics.Metrics;

namespace KubeOps.Operator.Observability;

/// <summary>Numbers of the runtime, with the published names. Tag <c>kubeops.entity.type</c>; no object's name is ever a tag.</summary>
internal sealed class OperatorMetrics
{
    private const string EntityTag = "kubeops.entity.type";
    private readonly Counter<long> _reconciliations;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _events;
    private readonly Counter<long> _reconnections;
    private readonly Meter _meter;

    public OperatorMetrics(IMeterFactory meters, string name)
    {
        _meter = meters.Create(name);
        _reconciliations = _meter.CreateCounter<long>("kubeops.operator.reconciliation", "{reconciliations}", "Reconciles, by outcome.");
        _duration = _meter.CreateHistogram<double>("kubeops.operator.reconciliation.duration", "s", "Time of one reconcile.");
        _events = _meter.CreateCounter<long>("kubeops.operator.watcher.events", "{events}", "Events of watches.");
        _reconnections = _meter.CreateCounter<long>("kubeops.operator.watcher.reconnections", "{reconnections}", "Watches that failed.");
    }

    public void Reconciled(string entity, TimeSpan duration, bool failed)
    {
        _reconciliations.Add(1, new(EntityTag, entity), new("outcome", failed ? "failed" : "ok"));
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(EntityTag, entity));
    }

    public void WatchEvent(string entity) => _events.Add(1, new KeyValuePair<string, object?>(EntityTag, entity));

    public void WatchFailed(string entity) => _reconnections.Add(1, new KeyValuePair<string, object?>(EntityTag, entity));

    /// <summary>Observed when somebody reads the metrics.</summary>
    public void ObserveDepth(string entity, Func<(int Ready, int Waiting)> depth) =>
        _meter.CreateObservableGauge(
            "kubeops.operator.queue.depth",
            () =>
            {
                var (ready, waiting) = depth();
                return new Measurement<int>[]
                {
                    new(ready, new(EntityTag, entity), new("state", "ready")),
                    new(waiting, new(EntityTag, entity), new("state", "scheduled")),
                };
            },
            "{items}", "Objects in the queue.");
}
