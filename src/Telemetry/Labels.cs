using System.Text.RegularExpressions;

namespace Bulkhead.Telemetry;

/// <summary>Labels as the page has them: <c>a="x",b="y"</c>, in the order of their names.</summary>
internal static partial class Labels
{
    public static string Write(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels.IsEmpty) return "";
        var sorted = labels.ToArray();
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return string.Join(',', sorted.Select(label => Pair(Illegal().Replace(label.Key, "_"), label.Value?.ToString() ?? "")));
    }

    public static string With(string labels, string name, string value) => labels.Length == 0 ? Pair(name, value) : $"{labels},{Pair(name, value)}";

    private static string Pair(string name, string value) => $"{name}=\"{value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    [GeneratedRegex("[^a-zA-Z0-9_]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Illegal();
}
