using System.Diagnostics.Metrics;
using Bulkhead.Server.Executions;
using Bulkhead.Server.Feeds;

namespace Bulkhead.Server;

/// <summary>The instruments of the meter <c>Bulkhead.Server</c>. No label names a user, a tenant or an execution.</summary>
internal sealed class ServerMeter : IDisposable
{
    public const string Name = "Bulkhead.Server";
    private readonly Meter _meter;
    private readonly Counter<long> _finished;
    private readonly Histogram<double> _waited;
    private readonly Histogram<double> _ran;
    private readonly Counter<long> _slowReaders;
    private readonly Counter<long> _missedEvents;
    private readonly UpDownCounter<int> _sockets;
    private readonly Counter<long> _refused;

    public ServerMeter()
    {
        _meter = new Meter(Name, version: null, tags: null, scope: this);
        _finished = _meter.CreateCounter<long>("executions.finished", unit: null, "Executions that ended, by phase.");
        _waited = _meter.CreateHistogram<double>("execution.wait", "s", "Time in the line.");
        _ran = _meter.CreateHistogram<double>("execution.duration", "s", "Time from the start of the last attempt to the end.");
        _slowReaders = _meter.CreateCounter<long>("slow_readers", unit: null, "Event readers that were dropped because they did not read.");
        _missedEvents = _meter.CreateCounter<long>("missed_events", unit: null, "Events that a reader missed because it was behind the ring.");
        _sockets = _meter.CreateUpDownCounter<int>("event_readers", unit: null, "WebSockets that are open.");
        _refused = _meter.CreateCounter<long>("requests.refused", unit: null, "Requests without a valid token, from a foreign origin, or over a rate.");
    }

    /// <summary>How many wait and run, asked for every page. What has not happened yet is shown as 0.</summary>
    public void Watch(FairLine line, UserFeeds feeds)
    {
        _sockets.Add(0);
        _slowReaders.Add(0);
        _missedEvents.Add(0);
        _meter.CreateObservableCounter("blocked_events", () => feeds.Blocked, unit: null, "Events without an owner, which nobody saw.");
        _meter.CreateObservableUpDownCounter("executions.waiting", () => line.Waiting, unit: null, "Executions in the line.");
        _meter.CreateObservableUpDownCounter("executions.running", () => line.Running, unit: null, "Executions that run.");
    }

    public bool Owns(Meter meter) => ReferenceEquals(meter, _meter);

    public void Finished(ExecutionRecord record)
    {
        _finished.Add(1, new KeyValuePair<string, object?>("phase", record.Phase.ToString()));
        if (record.FinishedAt - record.StartedAt is { } time) _ran.Record(time.TotalSeconds);
    }

    public void Waited(TimeSpan time) => _waited.Record(time.TotalSeconds);

    public void SocketOpened() => _sockets.Add(1);

    public void SocketClosed(bool slow, long missed)
    {
        _sockets.Add(-1);
        if (slow) _slowReaders.Add(1);
        _missedEvents.Add(missed);
    }

    /// <param name="why"><c>token</c>, <c>origin</c> or <c>rate</c>.</param>
    public void Refused(string why) => _refused.Add(1, new KeyValuePair<string, object?>("reason", why));

    public void Dispose() => _meter.Dispose();
}
