using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace Bulkhead.Telemetry;

/// <summary>
/// Names for Prometheus: letters, digits and '_'; our own begin with <c>bulkhead_</c>; the unit is a suffix; counters end in <c>_total</c>.
/// Source: the conventions of the Prometheus project and of OpenTelemetry's mapping to it.
/// </summary>
internal static partial class MetricName
{
    private const string Ours = "bulkhead";

    public static string Of(Instrument instrument)
    {
        var counter = IsCounter(instrument);
        var name = Illegal().Replace(instrument.Name, "_");
        if (counter && name.StartsWith("total_", StringComparison.Ordinal)) name = name["total_".Length..];
        if (instrument.Meter.Name.StartsWith("Bulkhead", StringComparison.Ordinal) && !name.StartsWith(Ours, StringComparison.Ordinal)) name = $"{Ours}_{name}";
        var unit = instrument.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        if (!name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return counter && !name.EndsWith("_total", StringComparison.Ordinal) ? $"{name}_total" : name;
    }

    public static bool IsCounter(Instrument instrument) => IsOf(instrument, typeof(Counter<>)) || IsOf(instrument, typeof(ObservableCounter<>));

    public static bool IsOf(Instrument instrument, Type kind) =>
        instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == kind;

    [GeneratedRegex("[^a-zA-Z0-9_]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Illegal();
}
