using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Api.Contract;
using Bulkhead.Cli.Output;
using Bulkhead.Cli.Tests.Cluster;

namespace Bulkhead.Cli.Tests;

/// <summary>Whoever may create one execution writes its text; it must not steer the terminal of the person who looks at it.</summary>
public sealed class HostileTextTests
{
    /// <summary>The title of the window, a colour, the start of the line, a C1 sequence, text turned round, and a line of its own.</summary>
    private const string Hostile = "x\u001b]0;t\u0007\u001b[31m\r\u009b2J\u202ey\u2066\u2028\nforged: Succeeded";

    private static readonly string Log = string.Join('\n',
        Event("node_start", new() { ["node_type"] = Hostile }),
        Event("log", new() { ["level"] = Hostile, ["message"] = Hostile }),
        Event("node_error", new() { ["error_type"] = Hostile, ["error"] = Hostile, ["duration_ms"] = 3 }),
        "plain \u001b[31m\u202e");

    [Theory]
    [InlineData("list")]
    [InlineData("list -A")]
    [InlineData("list --tenant T")]
    [InlineData("get new")]
    [InlineData("get ended")]
    [InlineData("top")]
    [InlineData("describe new")]
    [InlineData("describe ended")]
    [InlineData("logs new")]
    [InlineData("logs new -o json")]
    [InlineData("list -o json")]
    [InlineData("list -o yaml")]
    [InlineData("get ended -o json")]
    [InlineData("get ended -o yaml")]
    [InlineData("resume new")]
    [InlineData("retry new")]
    [InlineData("doctor")]
    [InlineData("submit FILE --wait")]
    [InlineData("submit FILE --watch")]
    [InlineData("submit FILE -o json --wait")]
    public async Task Cluster_TextOfOthers_SteersNothing(string command)
    {
        await using var cluster = Cluster();
        using var document = new TemporaryFile("name: one\nnodes:\n  - {name: one, run: \"return 1\"}\n", ".yaml");

        var run = await cluster.RunAsync([.. command.Split(' ').Select(a => a == "FILE" ? document.Path : a == "T" ? Hostile : a)]);

        run.ExitCode.ShouldBeInRange(0, 2, run.Error);
        ShouldSteerNothing(run);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(500)]
    public async Task Cluster_RefusalThatQuotesIt_SteersNothing(int code)
    {
        await using var cluster = new ServedObjects(("/workflowexecutions", new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["code"] = code, ["reason"] = "X", ["message"] = Hostile.Replace("\n", "", StringComparison.Ordinal) }.ToJsonString()));
        using var document = new TemporaryFile("name: one\nnodes:\n  - {name: one, run: \"return 1\"}\n", ".yaml");

        var run = await cluster.RunAsync("submit", document.Path);

        run.ExitCode.ShouldBeInRange(2, 3);
        run.Error.ShouldContain("forged", Case.Sensitive);
        ShouldSteerNothing(run);
    }

    [Fact]
    public async Task Live_NodeAndCaptionOfOthers_SteerNothing()
    {
        var text = new StringWriter();
        var view = new ProgressView(Terminals.Text(text, redirected: true, noColor: true), TimeProvider.System) { Caption = Hostile };
        view.Take(new ExecutionEvent { Type = "node_start", Timestamp = DateTimeOffset.UtcNow, ExecutionId = "e", Node = Hostile, Branch = Hostile }, "");

        await view.WatchAsync(Task.Delay(300).ContinueWith(_ => 0, TaskScheduler.Default));

        text.ToString().ShouldContain("forged", Case.Sensitive);
        ShouldSteerNothing(new CliResult(0, text.ToString(), ""));
    }

    [Theory]
    [InlineData("run", false)]
    [InlineData("run", true)]
    [InlineData("lint", true)]
    [InlineData("graph", true)]
    [InlineData("graph --format dot", true)]
    [InlineData("graph --format json", true)]
    public async Task Here_TextOfADocument_SteersNothing(string command, bool inItsNames)
    {
        var name = inItsNames ? JsonSerializer.Serialize(Hostile) : "two";
        using var document = new TemporaryFile($"name: {name}\nnodes:\n  - {{name: one, run: 'return {{a = {Lua}}}'}}\n  - {{name: {name}, run: 'print({Lua}) error({Lua})'}}\n", ".yaml");

        var run = await CliRun.RunAsync([.. command.Split(' '), document.Path]);

        ShouldSteerNothing(run);
    }

    [Fact]
    public async Task Run_HostileState_IsTheSameJson()
    {
        using var document = new TemporaryFile($"name: x\nnodes:\n  - {{name: one, run: 'return {{a = {Lua}}}'}}\n", ".yaml");

        var run = await CliRun.RunAsync(["run", document.Path]);

        ShouldSteerNothing(run);
        JsonElement.Parse(run.Output[run.Output.IndexOf("\n{", StringComparison.Ordinal)..]).GetProperty("a").GetString().ShouldBe(Hostile);
    }

    /// <summary>The text as a Lua string.</summary>
    private static string Lua => $"\"{string.Concat(Hostile.Select(c => c is < ' ' or > '~' ? $"\\u{{{(int)c:x}}}" : c.ToString()))}\"";

    private static void ShouldSteerNothing(CliResult run)
    {
        var said = run.Output + run.Error;
        said.Where(c => (char.IsControl(c) && c != '\n') || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')).ShouldBeEmpty(said);
        said.Split('\n').ShouldAllBe(line => !line.StartsWith("forged", StringComparison.Ordinal), said);
    }

    private static ServedObjects Cluster()
    {
        var fresh = ServedObjects.Execution("new", e =>
        {
            e.Remove("status");
            e["spec"] = new JsonObject { ["userId"] = Hostile, ["tenantId"] = Hostile, ["desiredState"] = Hostile, ["workflow"] = new JsonObject { ["nodes"] = new JsonArray(new JsonObject { ["name"] = Hostile }) } };
        });
        var ended = ServedObjects.Execution("ended", e =>
        {
            e["spec"]!["userId"] = Hostile;
            e["status"] = new JsonObject
            {
                ["observedGeneration"] = 1,
                ["phase"] = "Failed",
                ["tenantId"] = Hostile,
                ["executionId"] = Hostile,
                ["startTime"] = "2026-11-28T10:00:01Z",
                ["completionTime"] = "2026-11-28T10:00:05Z",
                ["attempt"] = 1,
                ["outputs"] = new JsonObject { ["a"] = Hostile },
                ["nodes"] = new JsonObject { ["done"] = 0, ["total"] = 1, ["failed"] = 1, ["rows"] = new JsonArray(Row(null), Row(Hostile)) },
                ["connections"] = new JsonArray(new JsonObject { ["name"] = Hostile, ["state"] = "Released", ["handle"] = Hostile, ["message"] = Hostile }),
                ["conditions"] = new JsonArray(Condition("Succeeded"), Condition("ConnectionsReleased")),
            };
        });
        var told = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "e" }, ["reason"] = Hostile, ["type"] = "Normal", ["message"] = Hostile, ["lastTimestamp"] = "2026-11-28T10:00:05Z" };
        var pod = (JsonObject)JsonNode.Parse("""{"metadata":{"name":"w","namespace":"team","uid":"p","creationTimestamp":"2026-11-28T10:00:01Z"},"status":{"containerStatuses":[{"name":"run","image":"i","imageID":"","ready":false,"restartCount":0,"state":{"terminated":{"exitCode":0}}}]}}""")!;
        return new ServedObjects(
            ("/w/log", Log), ("/pods", ServedObjects.List(pod)), ("/events", ServedObjects.List(told)), ("/tenants", ServedObjects.List()), ("/configmaps", ServedObjects.List()),
            ("POST /workflowexecutions", ended.ToJsonString()), ("/workflowexecutions", ServedObjects.List(fresh, ended)),
            ("/workflowexecutions/new", fresh.ToJsonString()), ("/workflowexecutions/ended", ended.ToJsonString()),
            ("/selfsubjectaccessreviews", """{"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","metadata":{},"spec":{},"status":{"allowed":true}}"""));
    }

    private static JsonObject Row(string? branch) => new() { ["name"] = Hostile, ["branch"] = branch, ["status"] = "Failed", ["durationMs"] = 1, ["error"] = Hostile, ["errorType"] = Hostile };

    private static JsonObject Condition(string type) => new() { ["type"] = type, ["status"] = "False", ["reason"] = Hostile, ["message"] = Hostile, ["lastTransitionTime"] = "2026-11-28T10:00:03Z" };

    private static string Event(string type, JsonObject fields)
    {
        (fields["type"], fields["timestamp"], fields["execution_id"], fields["node"], fields["branch"]) = (type, "2026-11-28T10:00:02Z", "e1", Hostile, "b" + Hostile);
        // As a writer that escapes no more than it must: the marks stand as they are.
        return fields.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
