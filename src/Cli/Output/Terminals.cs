using Spectre.Console;

namespace Bulkhead.Cli.Output;

/// <summary>The two streams as consoles: results on standard output, progress and logs on standard error.</summary>
internal static class Terminals
{
    private const int WidthOfAFile = 200;

    public static IAnsiConsole Out(bool noColor) => Create(Console.Out, Console.IsOutputRedirected, noColor);

    public static IAnsiConsole Error(bool noColor) => Create(Console.Error, Console.IsErrorRedirected, noColor);

    private static IAnsiConsole Create(TextWriter writer, bool redirected, bool noColor)
    {
        var plain = redirected || noColor;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected) console.Profile.Width = WidthOfAFile;
        return console;
    }
}
