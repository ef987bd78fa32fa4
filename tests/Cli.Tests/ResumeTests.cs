using System.Text.Json;
using Bulkhead.Api.Contract;

namespace Bulkhead.Cli.Tests;

/// <summary>An interrupted execution, its checkpoint file, and what may go on from it.</summary>
public sealed class ResumeTests
{
    private const string Approval = """
        name: approval
        initial_state: {amount: 250}
        nodes:
          - {name: ask, run: "return {question = 'pay ' .. state.amount .. '?'}", interrupt: after}
          - {name: pay, run: "return {paid = state.approved and state.amount or 0}"}
        """;

    [Fact]
    public async Task Run_Interrupted_SuspendsAndResumesWithNewInput()
    {
        using var document = new TemporaryFile(Approval, ".yaml");
        using var checkpoint = new TemporaryFile("", ".checkpoint.json");

        var first = await CliRun.RunAsync(["run", document.Path, "--checkpoint", checkpoint.Path, "-o", "json"]);
        var second = await CliRun.RunAsync(["run", document.Path, "--resume", checkpoint.Path, "--input", "approved=true", "-o", "json"]);

        first.ExitCode.ShouldBe(0, first.Output + first.Error);
        first.Result.Phase.ShouldBe(ExecutionPhase.Suspended);
        first.Result.Message!.ShouldContain(checkpoint.Path);
        second.ExitCode.ShouldBe(0, second.Output + second.Error);
        second.Result.ExecutionId.ShouldBe(first.Result.ExecutionId);
        JsonSerializer.Serialize(second.Result.State!.Value).ShouldBe("""{"amount":250,"approved":true,"paid":250,"question":"pay 250?"}""");
    }

    [Theory]
    [InlineData("--tenant", "other", "CHECKPOINT_TENANT")]
    [InlineData("--user", "mallory", "CHECKPOINT_USER")]
    public async Task Resume_ByAnother_IsRefused(string option, string value, string code)
    {
        using var document = new TemporaryFile(Approval, ".yaml");
        using var checkpoint = new TemporaryFile("", ".checkpoint.json");
        await CliRun.RunAsync(["run", document.Path, "--checkpoint", checkpoint.Path, "-o", "json"]);

        var run = await CliRun.RunAsync(["run", document.Path, "--resume", checkpoint.Path, option, value, "-o", "json"]);

        run.ExitCode.ShouldBe(2, run.Output);
        run.Result.Problems.ShouldContain(p => p.Code == code);
    }

    [Fact]
    public async Task Resume_OfAnEditedDocument_IsRefused()
    {
        using var document = new TemporaryFile(Approval, ".yaml");
        using var edited = new TemporaryFile(Approval.Replace("state.amount or 0", "1000000 or 0", StringComparison.Ordinal), ".yaml");
        using var checkpoint = new TemporaryFile("", ".checkpoint.json");
        await CliRun.RunAsync(["run", document.Path, "--checkpoint", checkpoint.Path, "-o", "json"]);

        var run = await CliRun.RunAsync(["run", edited.Path, "--resume", checkpoint.Path, "-o", "json"]);

        run.ExitCode.ShouldBe(2, run.Output);
        run.Result.Problems.ShouldHaveSingleItem().Code.ShouldBe("CHECKPOINT_DOCUMENT");
    }

    [Fact]
    public async Task Resume_OfAFileThatIsNone_SaysSo()
    {
        using var document = new TemporaryFile(Approval, ".yaml");

        var run = await CliRun.RunAsync(["run", document.Path, "--resume", document.Path]);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldContain("is no checkpoint");
    }

    [Fact]
    public async Task Run_CheckpointCannotBeWritten_FailsAndSaysWhy()
    {
        using var document = new TemporaryFile(Approval, ".yaml");

        var run = await CliRun.RunAsync(["run", document.Path, "--checkpoint", "/proc/no-such-place/c.json", "-o", "json"]);

        run.ExitCode.ShouldBe(1, run.Output);
        run.Result.Reason.ShouldBe("CheckpointNotWritten");
    }
}
