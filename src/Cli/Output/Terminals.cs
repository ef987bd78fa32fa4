using Spectre.Console;

namespace Bulkhead.Cli.Output;

/// <summary>The two streams as consoles: results on standard output, progress and logs on standard error.</summary>
internal static class Terminals
{
    /// <summary>Nothing is broken or cut here: a terminal wraps by itself what is copied from it, and a file has no width.</summary>
    private const int NoWidth = int.MaxValue / 2;

    public static IAnsiConsole Out(bool noColor) => Text(Console.Out, Console.IsOutputRedirected, noColor);

    public static IAnsiConsole Error(bool noColor) => Text(Console.Error, Console.IsErrorRedirected, noColor);

    /// <summary>Standard error for what is drawn again in its place, which must know the terminal's width.</summary>
    public static IAnsiConsole Live(bool noColor) => Create(Console.Error, Console.IsErrorRedirected, noColor);

    internal static IAnsiConsole Text(TextWriter writer, bool redirected, bool noColor)
    {
        var console = Create(writer, redirected, noColor);
        console.Profile.Width = NoWidth;
        return console;
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected, bool noColor) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = redirected || noColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
    });
}
