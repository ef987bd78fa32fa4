using System.Diagnostics.Metrics;
using System.Text;

namespace Bulkhead.Telemetry;

/// <summary>All label sets of one metric. Used under its page's lock.</summary>
internal sealed class MetricFamily
{
    /// <summary>Label sets of one metric; measurements of further ones are left out, so that labels cannot fill the memory.</summary>
    public const int MaxSeries = 2000;

    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly string _name;
    private readonly string? _help;
    private readonly string _type;
    private readonly bool _observed;
    private readonly bool _replaces;
    private readonly IReadOnlyList<double>? _buckets;

    private MetricFamily(string name, Instrument instrument)
    {
        (_name, _help) = (name, instrument.Description);
        _observed = instrument.IsObservable;
        _replaces = MetricName.IsOf(instrument, typeof(Gauge<>));
        _buckets = Buckets(instrument);
        _type = _buckets is not null ? "histogram" : MetricName.IsCounter(instrument) ? "counter" : "gauge";
    }

    public static MetricFamily Of(string name, Instrument instrument) => new(name, instrument);

    /// <summary>Observed values are asked anew for every page, so that what is gone is not shown.</summary>
    public void Forget()
    {
        if (_observed) _series.Clear();
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var key = Labels.Write(labels);
        if (!_series.TryGetValue(key, out var series))
        {
            if (_series.Count >= MaxSeries) return;
            _series[key] = series = new Series(_buckets);
        }

        if (_replaces) series.Replace(value);
        else series.Add(value);
    }

    public void WriteTo(StringBuilder page)
    {
        if (_series.Count == 0) return;
        if (_help is not null) page.Append("# HELP ").Append(_name).Append(' ').Append(_help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        page.Append("# TYPE ").Append(_name).Append(' ').Append(_type).Append('\n');
        foreach (var (labels, series) in _series.OrderBy(s => s.Key, StringComparer.Ordinal)) series.WriteTo(page, _name, labels);
    }

    private static IReadOnlyList<double>? Buckets(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries ?? Series.DefaultBuckets,
        Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToList() ?? Series.DefaultBuckets,
        Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToList() ?? Series.DefaultBuckets,
        _ => null,
    };
}
