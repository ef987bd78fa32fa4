using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bulkhead.Api.Text;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>What <c>list</c> and <c>get</c> say of what is there, for people and for programs.</summary>
public sealed class ListTests
{
    [Theory]
    [InlineData("--phase succeeded", "None of the 2 executions in namespace team has the phase Succeeded.")]
    [InlineData("--phase failed --phase New", "None of the 2 executions in namespace team has the phase Failed or New.")]
    [InlineData("-A --tenant other", "None of the 2 executions in all namespaces has the tenant other.")]
    [InlineData("--phase Failed --tenant t -o name", "None of the 2 executions in namespace team has the phase Failed and the tenant t.")]
    public async Task List_FilterThatExcludesEverything_SaysThatThereAreOthers(string filter, string expected)
    {
        await using var cluster = new ServedObjects(("/workflowexecutions", ServedObjects.List(ServedObjects.Execution("one"), ServedObjects.Execution("two"))));

        var run = await cluster.RunAsync(["list", .. filter.Split(' ')]);

        (run.ExitCode, run.Output, run.Error.Trim()).ShouldBe((0, "", expected));
    }

    [Fact]
    public async Task List_NothingThere_SaysWhereItLooked()
    {
        await using var cluster = new ServedObjects(("/workflowexecutions", ServedObjects.List()));

        (await cluster.RunAsync("list", "--phase", "Failed")).Error.Trim().ShouldBe("No executions in namespace team; every namespace: -A");
    }

    [Theory]
    [InlineData("list")]
    [InlineData("list -o json")]
    [InlineData("list -o yaml")]
    [InlineData("get deep -o json")]
    [InlineData("get deep")]
    public async Task Object_NestedHundredsOfLevels_IsShownLikeAnyOther(string command)
    {
        var deep = ServedObjects.Execution("deep", e => e["spec"]!["inputs"] = JsonNode.Parse(
            $$"""{"a":{{new string('[', 300)}}{{new string(']', 300)}}}""", documentOptions: new JsonDocumentOptions { MaxDepth = 400 }));
        await using var cluster = new ServedObjects(("/workflowexecutions", ServedObjects.List(deep, ServedObjects.Execution("other"))), ("/workflowexecutions/deep", deep.ToJsonString()));

        var run = await cluster.RunAsync(command.Split(' '));

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("deep");
        if (command.StartsWith("list", StringComparison.Ordinal)) run.Output.ShouldContain("other");
    }

    [Theory]
    [InlineData("list", "json")]
    [InlineData("list", "yaml")]
    [InlineData("get one", "json")]
    [InlineData("get one", "yaml")]
    public async Task Whole_ObjectOfANewerServer_KeepsWhatThisCommandDoesNotKnow(string command, string format)
    {
        var execution = ServedObjects.Execution("one", e =>
        {
            (e["other"], e["spec"]!["newer"], e["status"]!["newer"], e["metadata"]!["newer"]) = (1, new JsonObject { ["a"] = new JsonArray(1.50m, "x") }, true, "y");
            e["metadata"]!["managedFields"] = new JsonArray(new JsonObject { ["manager"] = "kubectl" });
        });
        await using var cluster = new ServedObjects(("/workflowexecutions", ServedObjects.List(execution, ServedObjects.Execution("two", e => e["status"]!["phase"] = "Failed"))), ("/workflowexecutions/one", execution.ToJsonString()));
        execution["metadata"]!.AsObject().Remove("managedFields");

        var run = await cluster.RunAsync([.. command.Split(' '), .. command == "list" ? ["--phase", "Running"] : Array.Empty<string>(), "-o", format]);

        run.ExitCode.ShouldBe(0, run.Error);
        var json = format == "json" ? JsonElement.Parse(run.Output) : SourceText.Read(Encoding.UTF8.GetBytes(run.Output)).Documents.Single().ToJson();
        var shown = command == "list" ? json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem() : json;
        JsonElement.DeepEquals(shown, JsonElement.Parse(execution.ToJsonString())).ShouldBeTrue(run.Output);
    }
}
