using System.Text.Json.Nodes;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>Tables are read by people on narrow terminals and by awk: a row is one line, and a name is whole.</summary>
public sealed class TableWidthTests
{
    private static readonly string Longest = string.Concat(Enumerable.Repeat("report-of-the-year.", 14))[..253];

    [Theory]
    [InlineData(60, "list")]
    [InlineData(80, "list")]
    [InlineData(80, "list -A")]
    [InlineData(60, "get")]
    [InlineData(80, "get")]
    [InlineData(60, "top")]
    [InlineData(80, "top")]
    public async Task Table_OnANarrowTerminal_HasOneLineForEachRow(int columns, string command)
    {
        await using var cluster = Cluster();

        var lines = await cluster.RunOnTerminalAsync(columns, Arguments(command));

        Row(lines, command).ShouldBe(Expected(command), string.Join('\n', lines));
        lines.ShouldAllBe(l => !l.Contains('…'));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("list -A")]
    [InlineData("get")]
    [InlineData("top")]
    public async Task Table_IntoAPipe_HasWholeNames(string command)
    {
        await using var cluster = Cluster();

        var run = await cluster.RunAsync(Arguments(command));

        run.ExitCode.ShouldBe(0, run.Error);
        Row(run.Output.Split('\n'), command).ShouldBe(Expected(command), run.Output);
        run.Output.Split('\n').ShouldAllBe(l => l == l.TrimEnd());
    }

    [Fact]
    public async Task Describe_OnANarrowTerminal_BreaksNoMessage()
    {
        var message = string.Join(' ', Enumerable.Repeat("kubectl annotate wfx", 20));
        await using var cluster = new ServedObjects(
            ("/pods", ServedObjects.List()), ("/events", ServedObjects.List()),
            ("/workflowexecutions/one", ServedObjects.Execution("one", e => e["status"]!["conditions"]![0]!["message"] = message).ToJsonString()));

        var lines = await cluster.RunOnTerminalAsync(80, "describe", "one");

        lines.ShouldContain(l => l.StartsWith("Admitted    True     JobFixed", StringComparison.Ordinal) && l.EndsWith(message, StringComparison.Ordinal));
    }

    private static ServedObjects Cluster() => new(
        ("/tenants", ServedObjects.List()),
        ("/workflowexecutions", ServedObjects.List(ServedObjects.Execution(Longest, Tenant), ServedObjects.Execution("short", Tenant))),
        ($"/workflowexecutions/{Longest}", ServedObjects.Execution(Longest, Tenant).ToJsonString()));

    private static void Tenant(JsonObject execution) => execution["status"]!["tenantId"] = $"tenant-{Longest[..50]}";

    private static string[] Arguments(string command) => command == "get" ? [command, Longest] : command.Split(' ');

    /// <summary>As awk sees the row: words.</summary>
    private static string[] Row(string[] lines, string command) => lines.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault(words => words.Length > 1 && words[0] is not ("NAME" or "NAMESPACE" or "TENANT"))?[..(command == "list -A" ? 3 : 2)] ?? [];

    private static string[] Expected(string command) => command switch
    {
        "top" => [$"tenant-{Longest[..50]}", "2"],
        "list -A" => ["team", Longest, "Running"],
        _ => [Longest, "Running"],
    };
}
