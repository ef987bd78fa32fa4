using System.Globalization;
using System.Text;

namespace Bulkhead.Telemetry;

/// <summary>One label set of one metric: a number, or the buckets of a histogram.</summary>
internal sealed class Series(IReadOnlyList<double>? buckets)
{
    private readonly long[]? _counts = buckets is null ? null : new long[buckets.Count];
    private double _sum;
    private long _count;

    /// <summary>Upper bounds for seconds, where the instrument advises none.</summary>
    public static IReadOnlyList<double> DefaultBuckets { get; } = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

    public void Replace(double value) => _sum = value;

    public void Add(double value)
    {
        _sum += value;
        _count++;
        for (var i = 0; i < _counts?.Length; i++)
        {
            if (value <= buckets![i]) _counts[i]++;
        }
    }

    public void WriteTo(StringBuilder page, string name, string labels)
    {
        if (_counts is null)
        {
            Line(page, name, labels, _sum);
            return;
        }

        for (var i = 0; i < _counts.Length; i++) Line(page, $"{name}_bucket", Labels.With(labels, "le", Number(buckets![i])), _counts[i]);
        Line(page, $"{name}_bucket", Labels.With(labels, "le", "+Inf"), _count);
        Line(page, $"{name}_sum", labels, _sum);
        Line(page, $"{name}_count", labels, _count);
    }

    private static void Line(StringBuilder page, string name, string labels, double value)
    {
        page.Append(name);
        if (labels.Length > 0) page.Append('{').Append(labels).Append('}');
        page.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
