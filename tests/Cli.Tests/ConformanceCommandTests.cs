using System.Text.Json;

namespace Bulkhead.Cli.Tests;

/// <summary>The compliance report as anyone makes it again.</summary>
public sealed class ConformanceCommandTests
{
    [Fact]
    public async Task Conformance_Auto_PassesEveryRowAndWritesTheReport()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"bulkhead-report-{Guid.NewGuid():n}");
        try
        {
            var run = await CliRun.RunAsync(["conformance", "--postgres", "auto", "--output", folder]);

            run.ExitCode.ShouldBe(0, run.Output + run.Error);
            run.Output.ShouldContain("NORP-006 compliant");
            File.ReadAllText(Path.Combine(folder, "norp-006-report.md")).ShouldContain("**NORP-006 COMPLIANT**");
            var rows = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "norp-006-report.json"))).GetProperty("rows");
            rows.EnumerateArray().ShouldAllBe(r => r.GetProperty("passed").GetBoolean());
            rows.EnumerateArray().Select(r => r.GetProperty("id").GetString()).ShouldContain("NORP-006-T5");
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Conformance_ServerThatIsNotThere_FailsTheRows()
    {
        var run = await CliRun.RunAsync(["conformance", "--postgres", "host=127.0.0.1 port=1 user=nobody dbname=x"]);

        run.ExitCode.ShouldNotBe(0);
        (run.Output + run.Error).ShouldNotContain("   at ");
    }
}
