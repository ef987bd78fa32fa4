using System.Globalization;
using System.Text;
using Bulkhead.Conformance.Rows;

namespace Bulkhead.Conformance;

/// <summary>The report for people: the template of the NORP-006 compliance suite, filled with what was measured.</summary>
internal static class ReportMarkdown
{
    private const string Implementation = """
        ## Implementation Details

        **Execution Context Pattern**: `UserExecutionContext`, one immutable record per execution, handed on as an argument
        **Resource Pooling**: `ResourcePool`, one per execution; lazy or eager, single flight
        **Cleanup Mechanism**: released in a `finally` after the last node and again by the context's end; proven by a second session that
        looks in pg_stat_activity for the execution's owner tag
        **Scoping Keys**: `tenant:{tenant_id}:exec:{exec_id}:{type}:{id}`

        ## Code Sample

        ```csharp
        await using var pool = new ResourcePool(context, settings, events);   // one per execution
        ResourceLease lease = await pool.AcquireAsync(new ConnectionRef("5"), "node1", cancellationToken);
        JsonElement rows = await lease.CallAsync("query", arguments, cancellationToken);
        IReadOnlyList<ConnectionResult> proof = await pool.ReleaseAsync(TimeSpan.FromSeconds(30));
        await context.EndAsync(cancellationToken);                            // any later use: "execution exec_... has ended"
        ```
        """;

    public static string Of(ConformanceReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # NORP-006 Compliance Report

            **System**: {report.System}
            **Version**: {report.Version}
            **Date**: {report.Date:yyyy-MM-dd}
            **Execution ID Generation**: UUID v4 (`exec_<uuid>`)

            ## Test Results

            | Test | Status | Notes |
            |------|--------|-------|

            """);
        Table(text, report.Rows.Where(IsIsolation));
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Compliance Status

            {(report.Compliant ? "✅ **NORP-006 COMPLIANT**" : "❌ **NOT COMPLIANT**")}

            {(report.Compliant ? "All mandatory tests passed." : "At least one mandatory test failed.")}

            {Implementation}

            ## Performance Impact


            """);
        Performance(text, report);
        text.Append("\n## Measurements\n\n| Test | What | Value |\n|------|------|-------|\n");
        foreach (RowResult row in report.Rows)
        {
            foreach ((string what, string value) in row.Measured)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {row.Id} | {what} | {Cell(value)} |\n");
            }
        }

        text.Append("\n## The validation it stands on (NORP-001, NORP-002, NORP-004, NORP-005)\n\n| Test | Status | Notes |\n|------|--------|-------|\n");
        Table(text, report.Rows.Where(r => !IsIsolation(r)));
        return text.ToString();
    }

    private static bool IsIsolation(RowResult row) => row.Id.StartsWith("NORP-006", StringComparison.Ordinal);

    private static void Table(StringBuilder text, IEnumerable<RowResult> rows)
    {
        foreach (RowResult row in rows)
        {
            string optional = row.Optional ? " (optional)" : "";
            text.Append(CultureInfo.InvariantCulture, $"| {row.Id}: {row.Title}{optional} | {(row.Passed ? "✅ Pass" : "❌ Fail")} | {Cell(row.Note)} |\n");
        }
    }

    private static void Performance(StringBuilder text, ConformanceReport report)
    {
        RowResult? row = report.Rows.FirstOrDefault(r => r.Measured.ContainsKey(PoolingCost.Without));
        if (row is null)
        {
            text.Append("Not measured: NORP-006-T2 did not pass.\n");
            return;
        }

        double without = double.Parse(row.Measured[PoolingCost.Without], CultureInfo.InvariantCulture);
        double with = double.Parse(row.Measured[PoolingCost.With], CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"""
            - **Without pooling** (1 connection per node): 3 connections, {without:0.0} ms
            - **With pooling** (NORP-006 compliant): 1 connection, {with:0.0} ms
            - **Savings**: {without - with:0.0} ms per workflow execution (PostgreSQL on the same machine)

            """);
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
