using Bulkhead.Cli.Cluster;
using Bulkhead.Cli.Commands;

namespace Bulkhead.Cli.Tests.Cluster;

public sealed class LogsTests
{
    private const string Said = """{"type":"log","timestamp":"2026-11-28T01:00:00.5Z","execution_id":"x","node":"greet","branch":"north","level":"info","message":"hi\u001b[2J"}""";
    private const string Failed = """{"type":"node_error","timestamp":"2026-11-28T01:00:01Z","execution_id":"x","node":"fetch","error":"no","error_type":"SqlError","duration_ms":12.34}""";
    private const string Started = """{"type":"start","timestamp":"2026-11-28T01:00:01Z","execution_id":"x","workflow":"w","attempt":1}""";

    [Theory]
    [InlineData(Said, null, "01:00:00.500 info  north/greet: hi [2J", "a script cannot steer the terminal")]
    [InlineData(Said, "greet", "01:00:00.500 info  north/greet: hi [2J", "asked for by node")]
    [InlineData(Said, "north", "01:00:00.500 info  north/greet: hi [2J", "asked for by branch")]
    [InlineData(Said, "fetch", null, "of another node")]
    [InlineData(Failed, null, "01:00:01.000 error fetch: SqlError: no (after 12.3 ms)", "how a node failed")]
    [InlineData(Started, null, "01:00:01.000 info  start workflow=w attempt=1", "an event of the whole")]
    [InlineData("plain\u0007 text", null, "plain  text", "what a library wrote")]
    [InlineData("plain text", "greet", null, "nobody's")]
    [InlineData("{not json", null, "{not json", "no event")]
    [InlineData("bulkhead.result.v1 {}", null, null, "its status has the result")]
    public void Shown_AsText_IsALineForAPerson(string line, string? node, string? expected, string because) =>
        LogsCommand.Shown(line, node, OutputFormat.Text).ShouldBe(expected, because);

    [Theory]
    [InlineData(Said, null, Said, "as it is")]
    [InlineData(Said, "fetch", null, "of another node")]
    [InlineData("plain text", null, null, "each line is a JSON object")]
    [InlineData("bulkhead.result.v1 {}", null, null, "each line is an event")]
    public void Shown_AsJson_IsTheEventItself(string line, string? node, string? expected, string because) =>
        LogsCommand.Shown(line, node, OutputFormat.Json).ShouldBe(expected, because);
}
