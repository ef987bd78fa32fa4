using System.Reflection;
using System.Text.Json;

namespace Bulkhead.Conformance.Tests.Norp;

public sealed class ConformanceReportTests
{
    private static readonly DateTimeOffset Date = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rows_OfTheSuite_EachHaveATestNamedByTheirId()
    {
        IEnumerable<string> tested = typeof(ConformanceReportTests).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(RowTestBase)))
            .SelectMany(t => t.GetMethods())
            .Select(m => m.GetCustomAttribute<FactAttribute>()?.DisplayName)
            .OfType<string>();
        tested.Order().ShouldBe(ConformanceSuite.Rows.Select(r => $"{r.Id} {r.Title}").Order());
    }

    [Fact]
    public void Markdown_OfPassedRows_FillsTheTemplate()
    {
        string markdown = Report(passed: true).ToMarkdown();
        foreach (string part in (string[])
        [
            "# NORP-006 Compliance Report", "**System**: Bulkhead", "**Date**: 2026-11-21", "| NORP-006-T2: Intra-execution pooling | ✅ Pass | conn_0 \\| x |",
            "✅ **NORP-006 COMPLIANT**", "3 connections, 30.0 ms", "1 connection, 12.5 ms", "**Savings**: 17.5 ms", "| NORP-006-T2 | handle | conn_0 |",
        ])
        {
            markdown.ShouldContain(part);
        }
    }

    [Fact]
    public void Report_WithAFailedRow_IsNotCompliant()
    {
        ConformanceReport report = Report(passed: false);
        report.Passed.ShouldBeFalse();
        report.ToMarkdown().ShouldContain("❌ **NOT COMPLIANT**");
        JsonElement json = JsonElement.Parse(report.ToJson());
        json.GetProperty("compliant").GetBoolean().ShouldBeFalse();
        json.GetProperty("rows")[0].GetProperty("id").GetString().ShouldBe("NORP-006-T2");
    }

    [Fact]
    public void Report_OptionalRowFailed_IsCompliantAndNotPassed()
    {
        ConformanceReport report = Report(passed: true);
        var optional = new RowResult("NORP-006-T6", "Lazy and eager loading", false, true, "", 1, new Dictionary<string, string>());
        report = report with { Rows = [.. report.Rows, optional] };
        (report.Compliant, report.Passed).ShouldBe((true, false));
    }

    private static ConformanceReport Report(bool passed) => new(
        [
            new RowResult("NORP-006-T2", "Intra-execution pooling", passed, false, "conn_0 | x", 5, new Dictionary<string, string>
            {
                ["without pooling, ms"] = "30", ["with pooling, ms"] = "12.5", ["handle"] = "conn_0",
            }),
        ],
        Date);
}
