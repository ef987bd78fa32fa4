using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Bulkhead.Api.Text;

/// <summary>
/// What a plain YAML scalar means by the 1.2 core schema (YAML 1.2.2, 10.3.2), and whether YAML 1.1, which Kubernetes tools read,
/// means something else by it.
/// </summary>
internal static partial class YamlScalar
{
    /// <summary>The meaning of a plain scalar. <paramref name="ambiguous"/> is true for <c>yes</c>, <c>010</c>, <c>1:30</c>: text here, not elsewhere.</summary>
    public static (SourceKind Kind, string Text) Plain(string text, out bool ambiguous)
    {
        ambiguous = false;
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL": return (SourceKind.Null, "null");
            case "true" or "True" or "TRUE": return (SourceKind.Boolean, "true");
            case "false" or "False" or "FALSE": return (SourceKind.Boolean, "false");
        }

        if (IsYaml11Only(text))
        {
            ambiguous = true;
            return (SourceKind.Text, text);
        }

        return Number(text) is { } number ? (SourceKind.Number, number) : (SourceKind.Text, text);
    }

    /// <summary>The JSON literal of a core-schema number, or null when the text is none (or JSON has none, as for <c>.inf</c>).</summary>
    public static string? Number(string text)
    {
        if (text.Length > 400 || text.Length == 0 || !CanStartNumber(text[0])) return null;
        if (Decimal().Match(text) is { Success: true } match) return Json(match);
        if (text.StartsWith("0x", StringComparison.Ordinal) && Hexadecimal().IsMatch(text))
            return BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        return null;
    }

    public static bool IsNotFinite(string text) => CanStartNumber(text.Length > 0 ? text[0] : ' ') && NotFinite().IsMatch(text);

    private static string Json(Match match)
    {
        var whole = match.Groups["whole"].Value.TrimStart('0');
        var fraction = match.Groups["fraction"];
        return $"{(match.Groups["sign"].Value == "-" ? "-" : string.Empty)}{(whole.Length == 0 ? "0" : whole)}"
            + (fraction.Success ? "." + (fraction.Length == 0 ? "0" : fraction.Value) : string.Empty) + match.Groups["exponent"].Value;
    }

    private static bool IsYaml11Only(string text)
    {
        if (text.Length > 100) return false;
        if (char.IsAsciiLetter(text[0]))
        {
            return text is "y" or "Y" or "yes" or "Yes" or "YES" or "n" or "N" or "no" or "No" or "NO"
                or "on" or "On" or "ON" or "off" or "Off" or "OFF";
        }

        return CanStartNumber(text[0]) && (
            Octal().IsMatch(text) || Underscored().IsMatch(text) || Sexagesimal().IsMatch(text) || Binary().IsMatch(text)
            || (LooseHexadecimal().IsMatch(text) && !Hexadecimal().IsMatch(text)));
    }

    private static bool CanStartNumber(char c) => char.IsAsciiDigit(c) || c is '+' or '-' or '.';

    [GeneratedRegex(@"^(?<sign>[-+]?)(?:(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>[eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NotFinite();

    [GeneratedRegex(@"^[-+]?0[0-9_]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Octal();

    [GeneratedRegex(@"^[-+]?[0-9][0-9]*_[0-9_]*(\.[0-9_]*)?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Underscored();

    [GeneratedRegex(@"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Sexagesimal();

    [GeneratedRegex(@"^[-+]?0[bBoO][0-9_]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Binary();

    [GeneratedRegex(@"^[-+]?0[xX][0-9a-fA-F_]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex LooseHexadecimal();
}
