using System.Runtime.CompilerServices;
using Spectre.Console;

namespace Bulkhead.Cli.Output;

/// <summary>How a command writes what others may have chosen: whole, safe, nothing broken.</summary>
internal static class ConsoleText
{
    /// <summary>One line.</summary>
    public static void Say(this IAnsiConsole console, string text) => console.WriteLine(Printable.Safe(text));

    /// <summary>One line with colours; what is put into it is text.</summary>
    public static void SayMarkup(this IAnsiConsole console, FormattableString text) => console.MarkupLineInterpolated(
        FormattableStringFactory.Create(text.Format, [.. text.GetArguments().Select(a => a is string s ? Printable.Safe(s) : a)]));

    /// <summary>One line on standard error, beside the result.</summary>
    public static void Tell(string text) => Console.Error.WriteLine(Printable.Safe(text));

    /// <summary>JSON, which is read by a program where it is piped.</summary>
    public static void SayJson(this IAnsiConsole console, string json) => console.Profile.Out.Writer.WriteLine(Printable.Escaped(json));
}
