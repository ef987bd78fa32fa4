using System.Diagnostics;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>What a shell is told, and the scripts that ask.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("bulkhead su", "submit suspend resume")]
    [InlineData("bulkhead list --ph", "--phase")]
    [InlineData("bulkhead completion z", "zsh")]
    public async Task Suggest_OfAnUnfinishedLine_IsWhatMayFollow(string line, string expected)
    {
        var run = await CliRun.RunAsync([$"[suggest:{line.Length}]", line]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.Split('\n').ShouldBe(expected.Split(' '));
    }

    [Fact]
    public async Task Bash_CompletesACommand()
    {
        const string Script = """
            source <("$0" completion bash)
            COMP_LINE="bulkhead ter" COMP_POINT=12 COMP_WORDS=("$0" ter) COMP_CWORD=1
            _bulkhead
            complete -p bulkhead
            echo "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-euc", Script, Repository.Bulkhead]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["complete -o default -F _bulkhead bulkhead", "terminate"]);
    }
}
