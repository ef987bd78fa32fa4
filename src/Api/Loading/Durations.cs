using System.Globalization;
using System.Text.RegularExpressions;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Loading;

/// <summary>Lengths of time as documents write them: a number of seconds, or <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>1h30m</c>.</summary>
public static partial class Durations
{
    /// <summary>The longest duration that a document may name: 30 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>The duration, or null when the text is none, is negative or beyond <see cref="Longest"/>.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length is 0 or > 40) return null;
        return double.TryParse(
            text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var seconds)
            ? OfSeconds(seconds)
            : OfParts(Parts().Match(text));
    }

    internal static TimeSpan? Of(SourceValue value) => value.Kind is SourceKind.Number or SourceKind.Text ? Parse(value.Scalar) : null;

    private static TimeSpan? OfParts(Match match)
    {
        if (!match.Success) return null;
        var seconds = Part(match, "h") * 3600 + Part(match, "m") * 60 + Part(match, "s") + Part(match, "ms") / 1000;
        return OfSeconds(seconds);
    }

    private static TimeSpan? OfSeconds(double seconds) =>
        seconds >= 0 && seconds <= Longest.TotalSeconds ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)) : null;

    private static double Part(Match match, string unit) =>
        match.Groups[unit] is { Success: true } group
            ? double.Parse(group.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(@"^(?=.)((?<h>[0-9]+(\.[0-9]+)?)h)?((?<m>[0-9]+(\.[0-9]+)?)m(?!s))?((?<s>[0-9]+(\.[0-9]+)?)s)?((?<ms>[0-9]+(\.[0-9]+)?)ms)?\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Parts();
}
