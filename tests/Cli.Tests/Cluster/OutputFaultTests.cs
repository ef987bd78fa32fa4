using static Bulkhead.Cli.Tests.Cluster.FakeCluster;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>Output that nobody takes: its reader has gone, or the disk is full.</summary>
public sealed class OutputFaultTests
{
    [Fact]
    public async Task Follow_ReaderHasGone_EndsQuietly()
    {
        await using var cluster = new FakeCluster("running");
        cluster.Special = async (context, _) =>
        {
            if (!Is(context, "GET", "/log")) return false;
            for (var i = 0; i < 40; i++)
            {
                await LocalServer.WriteAsync(context, 200, $"line {i}\n", "text/plain");
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }

            cluster.Execution = Recorded("failed");
            return true;
        };
        using var run = CliRun.StartProgram("bash", ["-c", "\"$0\" \"$@\" | head -1; exit ${PIPESTATUS[0]}", Repository.Bulkhead, .. cluster.Line("logs", "running", "-f")]);

        var end = await run.EndAsync();

        (end.ExitCode, end.Output, end.Error).ShouldBe((141, "line 0", ""));
        cluster.Execution["metadata"]!["name"]!.GetValue<string>().ShouldBe("running", "it ends long before the execution does");
    }

    [Theory]
    [InlineData("list")]
    [InlineData("get running")]
    [InlineData("get running -o yaml")]
    [InlineData("logs running")]
    [InlineData("lint examples/hello.yaml")]
    [InlineData("graph examples/hello.yaml")]
    public async Task Output_OnAFullDisk_IsOneSentence(string line)
    {
        await using var cluster = new FakeCluster("running") { Log = "one\n" };
        var arguments = line.Split(' ');
        using var run = CliRun.StartProgram("sh", ["-c", "exec \"$0\" \"$@\" > /dev/full", Repository.Bulkhead, .. arguments[0] is "lint" or "graph" ? arguments : cluster.Line(arguments)]);

        var end = await run.EndAsync();

        (end.ExitCode, end.Error.Trim()).ShouldBe((3, "The output cannot be written: No space left on device"));
    }

    [Fact]
    public async Task Output_AppendedToAFile_KeepsWhatWasThere()
    {
        using var file = new TemporaryFile("before\n", ".txt");
        using var run = CliRun.StartProgram("sh", ["-c", "(\"$0\" version; echo between; \"$0\" version) >> \"$1\"", Repository.Bulkhead, file.Path]);

        (await run.EndAsync()).ExitCode.ShouldBe(0);

        File.ReadAllLines(file.Path).Select(l => l.Split(' ')[0]).ShouldBe(["before", "bulkhead", "between", "bulkhead"]);
    }
}
