using System.Text;

namespace Bulkhead.Api.Text;

/// <summary>Text from an untrusted document, made safe to stand in a message: one line, no control characters, at most 100 characters.</summary>
public static class Quoted
{
    private const int Most = 100;

    public static string Short(string text)
    {
        var cut = text.Length > Most ? Cut(text) : text;
        return cut.Any(IsUnsafe) ? Escape(cut) : cut;
    }

    private static string Cut(string text) =>
        string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Most - 2]) ? Most - 2 : Most - 1), "…");

    // Line and bidirectional marks could forge lines of a terminal or hide text.
    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';

    private static string Escape(string text)
    {
        var safe = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i < text.Length - 1 ? i : 0) && i < text.Length - 1) safe.Append(text[i]).Append(text[++i]);
            else if (IsUnsafe(text[i])) safe.Append($"\\u{(int)text[i]:x4}");
            else safe.Append(text[i]);
        }

        return safe.ToString();
    }
}
