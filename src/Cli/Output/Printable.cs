namespace Bulkhead.Cli.Output;

/// <summary>
/// Text that others chose (a script, a server, whoever may create an execution), made safe for the terminal of the person who reads it: no escape
/// sequence, no forged line, no text turned round. All that is written as text passes here. Pure.
/// </summary>
internal static class Printable
{
    /// <summary>One line; what could steer a terminal becomes a blank.</summary>
    public static string Safe(string text) => text.Any(Steers) ? string.Concat(text.Select(c => Steers(c) ? ' ' : c)) : text;

    /// <summary>As <see cref="Safe"/>, of a text that may have several lines.</summary>
    public static string SafeLines(string text) => string.Join('\n', text.Split('\n').Select(line => Safe(line.TrimEnd('\r'))));

    /// <summary>JSON or YAML, which a program may read, with the same meaning: both have the same escapes.</summary>
    public static string Escaped(string document) =>
        document.Any(c => c is not '\n' && Steers(c)) ? string.Concat(document.Select(c => c is not '\n' && Steers(c) ? $"\\u{(int)c:x4}" : c.ToString())) : document;

    // The marks are those of Bulkhead.Api.Text.Quoted. A tab steers nothing.
    private static bool Steers(char c) =>
        (char.IsControl(c) && c is not '\t') || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';
}
