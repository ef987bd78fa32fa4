namespace Bulkhead.Api.Text;

/// <summary>The known word that an unknown one was probably meant to be.</summary>
public static class Nearest
{
    /// <summary>The nearest known word within a third of the length (at least 1, at most 3 edits), or null; nothing is near a single letter.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        if (word.Length is < 2 or > 64) return null;
        var best = known.Select(k => (Word: k, Distance: Distance(word, k))).OrderBy(k => k.Distance).ThenBy(k => k.Word, StringComparer.Ordinal).FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Clamp(word.Length / 3, 1, 3) ? best.Word : null;
    }

    /// <summary><c>; did you mean 'x'?</c> or the empty text.</summary>
    public static string Suggest(string word, IEnumerable<string> known) =>
        Find(word, known) is { } near ? $"; did you mean '{Quoted.Short(near)}'?" : string.Empty;

    /// <summary>The message for a field that its mapping does not have: the nearest known one, or all of them.</summary>
    internal static string UnknownField(string name, IEnumerable<string> known) =>
        $"unknown field '{Quoted.Short(name)}'; "
        + (Find(name, known) is { } near ? $"did you mean '{near}'?" : $"known here: {string.Join(", ", known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}");

    /// <summary>Edits with transpositions (optimal string alignment); letter case and <c>_-</c> do not count.</summary>
    private static int Distance(string a, string b)
    {
        a = Plain(a);
        b = Plain(b);
        if (Math.Abs(a.Length - b.Length) > 3) return int.MaxValue;
        var (before, above, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) above[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = a[i - 1] == b[j - 1];
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, above, row) = (above, row, before);
        }

        return above[b.Length];
    }

    private static string Plain(string word) =>
        word.Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
}
