using System.Text.Json;

namespace Bulkhead.Cli.Tests;

/// <summary>The surface that scripts and people lean on: help texts and output shapes, compared with approved files.</summary>
public sealed class SurfaceTests
{
    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("serve")]
    [InlineData("serve token")]
    [InlineData("lint")]
    [InlineData("graph")]
    [InlineData("schema")]
    [InlineData("conformance")]
    [InlineData("norp-interface")]
    [InlineData("submit")]
    [InlineData("get")]
    [InlineData("list")]
    [InlineData("describe")]
    [InlineData("logs")]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("stop")]
    [InlineData("terminate")]
    [InlineData("retry")]
    [InlineData("top")]
    [InlineData("doctor")]
    [InlineData("completion")]
    [InlineData("version")]
    public async Task Help_IsTheApprovedOne(string command)
    {
        var run = await CliRun.RunAsync(command.Length == 0 ? ["--help"] : [.. command.Split(' '), "--help"]);

        run.ExitCode.ShouldBe(0);
        Approved.Verify("Cli.Tests", $"help{(command.Length == 0 ? "" : "-")}{command.Replace(' ', '-')}.txt", string.Join('\n', run.Output.Split('\n').Select(l => l.TrimEnd())).Trim() + "\n");
    }

    [Fact]
    public async Task Version_IsPrinted()
    {
        var run = await CliRun.RunAsync(["version"]);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldStartWith("bulkhead 0.");
    }

    [Fact]
    public async Task Run_TextOutput_ShowsPhaseNodesAndState()
    {
        var run = await CliRun.RunAsync(["run", Repository.Example("hello.yaml"), "--no-color"]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldStartWith("hello: Succeeded in ");
        run.Output.ShouldContain("Hello from the west");
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_EventsFile_HoldsOneJsonObjectEachLine()
    {
        using var events = new TemporaryFile("", ".ndjson");

        var run = await CliRun.RunAsync(["run", Repository.Example("hello.yaml"), "--events", events.Path]);

        run.ExitCode.ShouldBe(0, run.Error);
        var types = File.ReadLines(events.Path).Select(l => JsonElement.Parse(l).GetProperty("type").GetString()).ToList();
        types[0].ShouldBe("worker_started");
        types[1].ShouldBe("start");
        types[^1].ShouldBe("finish");
        types.Count(t => t == "branch_complete").ShouldBe(4);
    }

    [Theory]
    [InlineData("mermaid", "flowchart")]
    [InlineData("dot", "digraph")]
    [InlineData("json", "{")]
    public async Task Graph_EachFormat_Works(string format, string begins)
    {
        var run = await CliRun.RunAsync(["graph", Repository.Example("hello.yaml"), "--format", format]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.TrimStart().ShouldStartWith(begins);
    }

    [Fact]
    public async Task Graph_DependencyGraphAsJson_IsThePlan()
    {
        var run = await CliRun.RunAsync(["graph", Repository.Example("multi-resource.json"), "--format", "json"]);

        var plan = JsonElement.Parse(run.Output);
        plan.GetProperty("logical_order").EnumerateArray().Select(n => n.GetString()).ShouldBe(["node1", "node2", "node3"]);
        plan.GetProperty("parallel_groups").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Lint_Json_OneObjectEachFile()
    {
        using var bad = new TemporaryFile("name: x\nnodes: []\n", ".yaml");

        var run = await CliRun.RunAsync(["lint", "--output", "json", Repository.Example("hello.yaml"), bad.Path]);

        run.ExitCode.ShouldBe(2);
        var reports = run.Output.Split('\n').Select(l => JsonElement.Parse(l)).ToList();
        reports.Select(r => r.GetProperty("valid").GetBoolean()).ShouldBe([true, false]);
        reports[1].GetProperty("problems").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task NorpInterface_SaysWhatTheCodeOffers()
    {
        var run = await CliRun.RunAsync(["norp-interface"]);

        run.ExitCode.ShouldBe(0, run.Error);
        var document = JsonElement.Parse(run.Output);
        document.GetProperty("specifications").EnumerateArray().Select(s => s.GetString()).ShouldBe(["NORP-001", "NORP-002", "NORP-004", "NORP-005", "NORP-006"]);
        document.GetProperty("resource_key").GetString().ShouldBe("tenant:{tenant}:exec:exec_{uuid}:{type}:{id}");
        document.GetProperty("error_classes").EnumerateArray().Select(c => c.GetString()).ShouldContain("PERMISSION_ERROR");
        document.GetProperty("connection_types").EnumerateArray().Select(c => c.GetString()).ShouldBe(["http", "postgres"]);
    }
}
