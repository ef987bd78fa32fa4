using static Bulkhead.Cli.Tests.Cluster.FakeCluster;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>Watches that end as they seldom do: <c>submit --wait</c> looks again, and its exit code stays that of the execution.</summary>
public sealed class SubmitFaultTests
{
    [Theory]
    [InlineData(200, "{\"type\":\"MODIFIED\",\"object\":{\"apiVersion\":\"bulk", "in the middle of an event")]
    [InlineData(410, "{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\",\"message\":\"too old resource version\"}", "refused at its opening")]
    public async Task Submit_WatchBreaks_LooksAgain(int status, string body, string because)
    {
        using var document = new TemporaryFile("name: x\nnodes:\n  - {name: one, run: \"return {}\"}\n", ".yaml");
        await using var cluster = new FakeCluster("running");
        cluster.Special = async (context, _) =>
        {
            if (context.Request.QueryString["watch"] != "true") return false;
            cluster.Execution = Recorded("failed");
            cluster.Execution["status"]!["phase"] = "Succeeded";
            await LocalServer.WriteAsync(context, status, body);
            return true;
        };

        var run = await cluster.RunAsync("submit", document.Path, "--wait");

        run.ExitCode.ShouldBe(0, $"{because}: {run.Error}");
        run.Output.ShouldContain("Succeeded");
    }
}
