using System.Text.Json;
using Bulkhead.Cli.Tests.Cluster;

namespace Bulkhead.Cli.Tests;

/// <summary>What is copied from a terminal or read from a file is not broken by the command: a terminal wraps by itself.</summary>
public sealed class UnbrokenTextTests
{
    private static readonly string Words = string.Join(' ', Enumerable.Repeat("word", 200));

    [Fact]
    public async Task Run_LongStateIntoAPipe_IsJson()
    {
        using var document = new TemporaryFile($"name: x\nnodes:\n  - {{name: one, run: \"return {{text = '{Words}'}}\"}}\n", ".yaml");

        var run = await CliRun.RunAsync(["run", document.Path]);

        run.ExitCode.ShouldBe(0, run.Error);
        JsonElement.Parse(run.Output[run.Output.IndexOf("\n{", StringComparison.Ordinal)..]).GetProperty("text").GetString().ShouldBe(Words);
    }

    [Theory]
    [InlineData("lint")]
    [InlineData("run")]
    [InlineData("submit")]
    [InlineData("graph")]
    public async Task Fault_OfALongPath_IsOneLine(string command)
    {
        using var document = new TemporaryFile($"name: x\nnodes:\n  - {{name: one, run: \"return 1\", {new string('x', 90)}: 1}}\n  - {{name: two, run: \"return 1\", {new string('y', 99)}: 1}}\n", ".yaml");

        var run = await CliRun.RunAsync([command, document.Path]);

        run.ExitCode.ShouldBe(2);
        (run.Output + run.Error).Split('\n').Count(l => l.StartsWith("line ", StringComparison.Ordinal) && l.EndsWith("[STRUCTURAL_ERROR UNKNOWN_FIELD]", StringComparison.Ordinal)).ShouldBe(2, run.Output + run.Error);
    }

    [Fact]
    public async Task SubmitWait_LongOutputsIntoAPipe_AreJson()
    {
        var ended = ServedObjects.Execution("one", e =>
        {
            var status = e["status"]!;
            (status["phase"], status["completionTime"], status["outputs"]) = ("Succeeded", "2026-11-28T10:00:05Z", new System.Text.Json.Nodes.JsonObject { ["text"] = Words });
        }).ToJsonString();
        await using var cluster = new ServedObjects(("/workflowexecutions", ended), ("/workflowexecutions/one", ended));
        using var document = new TemporaryFile("name: one\nnodes:\n  - {name: one, run: \"return 1\"}\n", ".yaml");

        var run = await cluster.RunAsync("submit", document.Path, "--wait");

        run.ExitCode.ShouldBe(0, run.Error);
        JsonElement.Parse(run.Output.Split('\n')[^1]).GetProperty("text").GetString().ShouldBe(Words);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Doctor_CommandToCopy_IsOneLine(bool terminal)
    {
        var name = string.Join('-', Enumerable.Repeat("name", 20));
        var stuck = ServedObjects.Execution(name, e =>
        {
            e["metadata"]!["deletionTimestamp"] = "2026-11-28T09:00:00Z";
            e["metadata"]!["finalizers"] = new System.Text.Json.Nodes.JsonArray("bulkhead.dev/release-connections");
        });
        await using var cluster = new ServedObjects(
            ("/selfsubjectaccessreviews", """{"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","metadata":{},"spec":{},"status":{"allowed":true}}"""),
            ("/workflowexecutions", ServedObjects.List(stuck)), ("/pods", ServedObjects.List()), ("/configmaps", ServedObjects.List()));

        var lines = terminal ? await cluster.RunOnTerminalAsync(80, "doctor") : (await cluster.RunAsync("doctor")).Output.Split('\n');

        lines.ShouldContain($"        -> bulkhead describe {name} -n team. To give up its connections: kubectl annotate wfx {name} -n team bulkhead.dev/force-release=orphan", string.Join('\n', lines));
    }
}
