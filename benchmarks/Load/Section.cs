namespace Bulkhead.Load;

/// <param name="Title">What was loaded.</param>
/// <param name="Setting">How, in a sentence or two.</param>
/// <param name="Figures">What came out.</param>
internal sealed record Section(string Title, string Setting, IReadOnlyList<Figure> Figures);

/// <param name="What">What was measured.</param>
/// <param name="Value">With its unit.</param>
/// <param name="Bound">What is asked for; empty where nothing is.</param>
/// <param name="Holds">Whether the value is within the bound.</param>
internal sealed record Figure(string What, string Value, string Bound = "", bool Holds = true)
{
    public static Figure Time(string what, TimeSpan value, TimeSpan? bound = null) => new(
        what, Text(value), bound is { } b ? $"< {Text(b)}" : "", bound is null || value < bound);

    public static Figure Ratio(string what, double value, double? bound = null) => new(
        what, $"{value:0.00}", bound is { } b ? $"< {b:0.00}" : "", bound is null || value < bound);

    public static Figure Count(string what, long value, long? wanted = null) => new(
        what, $"{value}", wanted is { } w ? $"= {w}" : "", wanted is null || value == wanted);

    public static Figure Bytes(string what, long value, long? bound = null) => new(
        what, $"{value / 1e6:0.00} MB", bound is { } b ? $"< {b / 1e6:0.##} MB" : "", bound is null || value < bound);

    private static string Text(TimeSpan time) => time < TimeSpan.FromSeconds(1) ? $"{time.TotalMilliseconds:0.0} ms" : $"{time.TotalSeconds:0.00} s";
}
