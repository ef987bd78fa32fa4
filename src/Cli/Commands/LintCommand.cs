using System.CommandLine;
using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Cli.Output;
using Bulkhead.Running;

namespace Bulkhead.Cli.Commands;

/// <summary><c>bulkhead lint FILE...</c>: structure and scripts of manifests and documents, nothing is run.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Manifests or workflow documents (YAML or JSON), or - for standard input.", Arity = ArgumentArity.OneOrMore };
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("lint", "Checks workflow documents and manifests without running them.") { files, output, noColor };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var ok = true;
            foreach (var file in parsed.GetValue(files)!)
            {
                var (problems, warnings) = await ReadAsync(file, cancellationToken);
                ok &= problems.Count == 0;
                if (parsed.GetValue(output) == OutputFormat.Json) WriteJson(file, problems, warnings);
                else WriteText(file, problems, warnings, parsed.GetValue(noColor));
            }

            return ok ? ExitCode.Succeeded : ExitCode.BadInput;
        });
        return command;
    }

    private static async Task<(IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Warnings)> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var source = ExecutionSource.Read(await InputFile.ReadAsync(file, cancellationToken));
            return (source.Problems, source.Warnings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ([new Problem(ProblemClass.StructuralError, "FILE_UNREADABLE", e.Message)], []);
        }
    }

    private static void WriteText(string file, IReadOnlyList<Problem> problems, IReadOnlyList<Problem> warnings, bool noColor)
    {
        var console = Terminals.Out(noColor);
        console.Say($"{file}: {(problems.Count == 0 ? "ok" : $"{problems.Count} fault{(problems.Count == 1 ? "" : "s")}")}");
        TextReport.WriteProblems(console, problems);
        TextReport.WriteProblems(console, warnings.Select(w => w with { Message = $"warning: {w.Message}" }));
    }

    private static void WriteJson(string file, IReadOnlyList<Problem> problems, IReadOnlyList<Problem> warnings) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(new LintReport(file, problems.Count == 0, problems, warnings), CliJson.Default.LintReport));
}

/// <summary>One line of <c>bulkhead lint --output json</c>.</summary>
internal sealed record LintReport(string File, bool Valid, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Warnings);
