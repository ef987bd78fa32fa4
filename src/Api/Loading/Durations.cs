using System.Globalization;
using Bulkhead.Api.Text;

namespace Bulkhead.Api.Loading;

/// <summary>Lengths of time as documents write them: a number of seconds, or <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>1h30m</c>.</summary>
public static class Durations
{
    /// <summary>The longest duration that a document may name: 30 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>In the order in which they may stand.</summary>
    private static readonly (string Name, double Seconds)[] Units = [("h", 3600), ("m", 60), ("s", 1), ("ms", 0.001)];

    /// <summary>The duration, or null when the text is none, is negative or beyond <see cref="Longest"/>.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length is 0 or > 40) return null;
        return double.TryParse(
            text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var seconds)
            ? OfSeconds(seconds)
            : OfParts(text);
    }

    internal static TimeSpan? Of(SourceValue value) => value.Kind is SourceKind.Number or SourceKind.Text ? Parse(value.Scalar) : null;

    private static TimeSpan? OfParts(ReadOnlySpan<char> text)
    {
        var (seconds, next) = (0.0, 0);
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExceptInRange('.', '9');
            if (digits < 1 || Number(text[..digits]) is not { } number) return null;
            text = text[digits..];
            var length = text.IndexOfAnyInRange('0', '9') is var end and >= 0 ? end : text.Length;
            while (next < Units.Length && !text[..length].SequenceEqual(Units[next].Name)) next++;
            if (next == Units.Length) return null;
            seconds += number * Units[next++].Seconds;
            text = text[length..];
        }

        return OfSeconds(seconds);
    }

    private static double? Number(ReadOnlySpan<char> text) =>
        text[0] != '.' && text[^1] != '.' && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan? OfSeconds(double seconds) =>
        seconds >= 0 && seconds <= Longest.TotalSeconds ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)) : null;
}
