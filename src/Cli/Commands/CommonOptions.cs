using System.CommandLine;

namespace Bulkhead.Cli.Commands;

/// <summary>How a command writes its result.</summary>
internal enum OutputFormat
{
    Text,
    Json,
}

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<OutputFormat> Output() => Choice.Of("--output", ["-o"], "text or json.", OutputFormat.Text);

    public static Option<bool> NoColor() => new("--no-color") { Description = "No colours." };
}
