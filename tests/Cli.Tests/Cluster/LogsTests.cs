using Bulkhead.Cli.Cluster;
using Bulkhead.Cli.Commands;

namespace Bulkhead.Cli.Tests.Cluster;

public sealed class LogsTests
{
    private const string Said = """{"type":"log","timestamp":"2026-11-28T01:00:00.5Z","execution_id":"x","node":"greet","branch":"north","level":"info","message":"hi\u001b[2J"}""";
    private const string Failed = """{"type":"node_error","timestamp":"2026-11-28T01:00:01Z","execution_id":"x","node":"fetch","error":"no","error_type":"SqlError","duration_ms":12.34}""";
    private const string Started = """{"type":"start","timestamp":"2026-11-28T01:00:01Z","execution_id":"x","workflow":"w","attempt":1}""";

    [Theory]
    [InlineData(Said, null, "2026-11-28 01:00:00.500Z info  north/greet: hi [2J", "a script cannot steer the terminal")]
    [InlineData(Said, "greet", "2026-11-28 01:00:00.500Z info  north/greet: hi [2J", "asked for by node")]
    [InlineData(Said, "north", "2026-11-28 01:00:00.500Z info  north/greet: hi [2J", "asked for by branch")]
    [InlineData(Said, "fetch", null, "of another node")]
    [InlineData(Failed, null, "2026-11-28 01:00:01.000Z error fetch: SqlError: no (after 12.3 ms)", "how a node failed")]
    [InlineData(Started, null, "2026-11-28 01:00:01.000Z info  start workflow=w attempt=1", "an event of the whole")]
    [InlineData("plain\u0007 text", null, "plain  text", "what a library wrote")]
    [InlineData("plain text", "greet", null, "nobody's")]
    [InlineData("{not json", null, "{not json", "no event")]
    [InlineData("bulkhead.result.v1 {}", null, null, "its status has the result")]
    public void Shown_AsText_IsALineForAPerson(string line, string? node, string? expected, string because)
    {
        DateOnly? day = null;
        LogsCommand.Shown(line, node, OutputFormat.Text, ref day).ShouldBe(expected, because);
    }

    [Fact]
    public void Shown_LinesOfTwoDays_TellTheDayOnce()
    {
        DateOnly? day = null;
        string[] times = ["2026-11-28T23:59:59Z", "2026-11-28T23:59:59.5Z", "2026-11-29T01:30:00+01:00", "2026-11-29T00:30:01Z"];

        times.Select(time => LogsCommand.Shown(Said.Replace("2026-11-28T01:00:00.5Z", time, StringComparison.Ordinal), null, OutputFormat.Text, ref day)!.Split(" info")[0])
            .ShouldBe(["2026-11-28 23:59:59.000Z", "23:59:59.500Z", "2026-11-29 00:30:00.000Z", "00:30:01.000Z"]);
    }

    [Theory]
    [InlineData(Said, null, Said, "as it is")]
    [InlineData(Said, "fetch", null, "of another node")]
    [InlineData("plain text", null, null, "each line is a JSON object")]
    [InlineData("bulkhead.result.v1 {}", null, null, "each line is an event")]
    public void Shown_AsJson_IsTheEventItself(string line, string? node, string? expected, string because)
    {
        DateOnly? day = null;
        LogsCommand.Shown(line, node, OutputFormat.Json, ref day).ShouldBe(expected, because);
    }
}
