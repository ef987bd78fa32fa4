using System.CommandLine;
using Bulkhead.Cli.Output;
using Bulkhead.Conformance;
using Bulkhead.Conformance.Postgres;
using Spectre.Console;

namespace Bulkhead.Cli.Commands;

/// <summary><c>bulkhead conformance</c>: the NORP rows against a live PostgreSQL, with a report that anyone can make again.</summary>
internal static class ConformanceCommand
{
    public static Command Create()
    {
        var postgres = new Option<string>("--postgres")
        {
            Description = "auto (a private server on loopback), or a connection string of a role with CREATEDB, CREATEROLE and pg_read_all_stats.",
            DefaultValueFactory = _ => "auto",
        };
        var folder = new Option<string?>("--output-dir", "--output", "-o") { Description = "Folder for norp-006-report.md and norp-006-report.json." };
        var noColor = CommonOptions.NoColor();
        var command = new Command("conformance", "Runs the NORP compliance rows against a live PostgreSQL.") { postgres, folder, noColor };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var console = Terminals.Out(parsed.GetValue(noColor));
            try
            {
                await using var server = await PostgresInstance.OpenAsync(parsed.GetValue(postgres)!, cancellationToken);
                var report = await ConformanceSuite.RunAsync(server, new RowLines(console), cancellationToken);
                if (parsed.GetValue(folder) is { } path) await report.WriteAsync(path, cancellationToken);
                console.WriteLine($"{report.Rows.Count(r => r.Passed)} of {report.Rows.Count} rows passed; NORP-006 {(report.Compliant ? "compliant" : "NOT compliant")}.");
                return report.Passed ? ExitCode.Succeeded : ExitCode.Failed;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return ExitCode.BadInput;
            }
        });
        return command;
    }

    /// <summary>One line for each row as it ends; rows take long enough to be watched.</summary>
    private sealed class RowLines(IAnsiConsole console) : IProgress<RowResult>
    {
        public void Report(RowResult value) => console.SayMarkup(
            $"[{(value.Passed ? "green" : "red")}]{(value.Passed ? "pass" : "FAIL")}[/] {value.Id,-12} {value.Title}: {value.Note} ({value.DurationMs:0} ms)");
    }
}
