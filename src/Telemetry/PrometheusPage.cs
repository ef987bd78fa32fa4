using System.Diagnostics.Metrics;
using System.Text;

namespace Bulkhead.Telemetry;

/// <summary>
/// The instruments of some meters as a page that Prometheus reads (text format 0.0.4). Listens from its construction on; pure otherwise,
/// no I/O. Instruments of the same name are one metric, whose equal label sets are added up.
/// </summary>
public sealed class PrometheusPage : IDisposable
{
    /// <summary>Content-Type of the page.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    /// <param name="meters">Which meters are shown.</param>
    public PrometheusPage(Func<Meter, bool> meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (meters(instrument.Meter)) listener.EnableMeasurementEvents(instrument, FamilyOf(instrument));
        };
        Take<byte>(value => value);
        Take<short>(value => value);
        Take<int>(value => value);
        Take<long>(value => value);
        Take<float>(value => value);
        Take<double>(value => value);
        Take<decimal>(value => (double)value);
        _listener.Start();
    }

    /// <summary>What the instruments say now, families in the order of their names.</summary>
    public string Write()
    {
        var page = new StringBuilder();
        lock (_lock)
        {
            foreach (var family in _families.Values) family.Forget();
        }

        _listener.RecordObservableInstruments();
        lock (_lock)
        {
            foreach (var family in _families.Values) family.WriteTo(page);
        }

        return page.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Take<T>(Func<T, double> convert)
        where T : struct => _listener.SetMeasurementEventCallback<T>((_, value, labels, state) =>
        {
            lock (_lock) ((MetricFamily)state!).Record(convert(value), labels);
        });

    private MetricFamily FamilyOf(Instrument instrument)
    {
        var name = MetricName.Of(instrument);
        lock (_lock)
        {
            if (!_families.TryGetValue(name, out var known)) _families[name] = known = MetricFamily.Of(name, instrument);
            return known;
        }
    }
}
