using System.Text.Json.Nodes;
using static Bulkhead.Cli.Tests.Cluster.FakeCluster;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary>Somebody changes an execution between a command's look and its write.</summary>
public sealed class ControlRaceTests
{
    [Fact]
    public async Task Suspend_TerminatedMeanwhile_DoesNotCallItBack()
    {
        await using var cluster = Cluster("running", execution => execution["spec"]!["desiredState"] = "Terminated");

        var run = await cluster.RunAsync("suspend", "running");

        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.ShouldStartWith("running was told to end (Terminated), and cannot be called back.");
        cluster.Count("PATCH ").ShouldBe(1);
    }

    [Fact]
    public async Task Retry_AskedForBySomebodyMeanwhile_IsOneMoreRunAndNotTwo()
    {
        await using var cluster = Cluster("failed", execution => execution["spec"]!["rerunToken"] = "of-somebody");
        cluster.Execution["status"]!["rerunToken"] = "";

        var run = await cluster.RunAsync("retry", "failed");

        (run.ExitCode, run.Output).ShouldBe((0, "failed is told so already: it runs again."), run.Error);
        cluster.Count("PATCH ").ShouldBe(1);
    }

    [Fact]
    public async Task Stop_ChangedAgainAndAgain_GivesUpWithASentence()
    {
        await using var cluster = new FakeCluster("running")
        {
            Special = async (context, _) =>
            {
                if (context.Request.HttpMethod != "PATCH") return false;
                await RefuseAsync(context, 409, "Operation cannot be fulfilled on workflowexecutions.bulkhead.dev \"running\": the object has been modified");
                return true;
            },
        };

        var run = await cluster.RunAsync("stop", "running");

        (run.ExitCode, run.Error.Trim()).ShouldBe((3, "running is changed by others faster than this command can; it wrote nothing. Try again."));
        cluster.Count("PATCH ").ShouldBe(5);
    }

    /// <summary>As the API server: a patch that names a version meets that version or a 409.</summary>
    private static FakeCluster Cluster(string recording, Action<JsonObject> changedMeanwhile)
    {
        var cluster = new FakeCluster(recording);
        cluster.Execution["metadata"]!["resourceVersion"] = "5";
        cluster.Special = async (context, body) =>
        {
            if (context.Request.HttpMethod != "PATCH") return false;
            changedMeanwhile(cluster.Execution);
            cluster.Execution["metadata"]!["resourceVersion"] = "6";
            if (JsonNode.Parse(body)!["metadata"]?["resourceVersion"]?.GetValue<string>() is not { } version || version == "6") return false;
            await RefuseAsync(context, 409, "Operation cannot be fulfilled: the object has been modified");
            return true;
        };
        return cluster;
    }
}
