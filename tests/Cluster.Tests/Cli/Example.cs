using System.Text.RegularExpressions;
using Bulkhead.Cluster.Tests.Clusters;

namespace Bulkhead.Cluster.Tests.Cli;

/// <summary>One command of docs/cli.md, the lines that it must write (<c>...</c> is anything), and its exit code.</summary>
internal sealed partial record Example(string Command, IReadOnlyList<string> Lines, int ExitCode)
{
    public static IReadOnlyList<Example> All { get; } =
    [
        .. from block in Block().Matches(File.ReadAllText(Path.Combine(ApiServer.Root, "docs", "cli.md")))
           from example in block.Groups["text"].Value.Split("$ ", StringSplitOptions.RemoveEmptyEntries)
           let lines = example.Split('\n', StringSplitOptions.RemoveEmptyEntries)
           let exit = Exit().Match(lines[^1])
           select new Example(lines[0], exit.Success ? lines[1..^1] : lines[1..], exit.Success ? int.Parse(exit.Groups["code"].Value) : 0),
    ];

    /// <summary>Null: it did what the document says.</summary>
    public string? Fault(Said said)
    {
        var missing = Lines.Where(l => !said.Output.Split('\n').Concat(said.Error.Split('\n')).Any(w => Pattern(l).IsMatch(Blanks().Replace(w, " ").Trim()))).ToList();
        return said.ExitCode == ExitCode && missing.Count == 0
            ? null
            : $"$ {Command}\nexit code {said.ExitCode}, not written: {string.Join(" | ", missing)}\n{said.Output}{said.Error}";
    }

    private static Regex Pattern(string line) => new($"^{Regex.Escape(Blanks().Replace(line, " ")).Replace("\\.\\.\\.", ".*", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex("^```console\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\[exit (?<code>\d+)\]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Exit();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blanks();
}
