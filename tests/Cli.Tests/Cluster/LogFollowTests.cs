using System.Diagnostics;
using System.Net;
using static Bulkhead.Cli.Tests.Cluster.FakeCluster;

namespace Bulkhead.Cli.Tests.Cluster;

/// <summary><c>logs</c> of a worker whose log breaks, is rotated, is over, or is gone.</summary>
public sealed class LogFollowTests
{
    private const string Running = """{"metadata":{"name":"w","namespace":"acme","uid":"p1","creationTimestamp":"2026-11-28T01:00:06Z"},"status":{"containerStatuses":[{"name":"run","state":{"running":{}}}]}}""";

    [Fact]
    public async Task Follow_WorkerHasEndedAndExecutionNot_ReadsItsLogOnce()
    {
        await using var cluster = new FakeCluster("running") { Log = "one\ntwo\n" };
        EndAfter(cluster, TimeSpan.FromSeconds(4));

        var run = await cluster.RunAsync("logs", "running", "-f");

        (run.ExitCode, run.Output).ShouldBe((0, "one\ntwo"), run.Error);
        cluster.Count("/log?").ShouldBe(1);
    }

    [Fact]
    public async Task Follow_StreamBreaksAndLogIsRotated_SaysEachLineOnce()
    {
        var (opened, first, second) = (0, "2026-11-28T01:00:01.5Z one\n2026-11-28T01:00:02Z two\n2026-11-28T01:00:02Z three\n", "2026-11-28T01:00:02Z two\n2026-11-28T01:00:02Z three\n2026-11-28T01:00:03.25Z four\n");
        await using var cluster = new FakeCluster("running") { Pod = Running };
        cluster.Special = async (context, _) =>
        {
            if (!Is(context, "GET", "/log")) return false;
            var isFirst = ++opened == 1;
            var text = isFirst ? first : second;
            if (context.Request.QueryString["timestamps"] != "true") text = string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => $"{l.Split(' ')[1]}\n"));
            await LocalServer.WriteAsync(context, 200, text, "text/plain");
            if (isFirst) await BreakAsync(context);
            else cluster.Execution = Recorded("failed");
            return true;
        };

        var run = await cluster.RunAsync("logs", "running", "-f");

        (run.ExitCode, run.Output).ShouldBe((0, "one\ntwo\nthree\nfour"), run.Error);
    }

    [Fact]
    public async Task Follow_ServerIsAwayForAWhile_SaysSoOnceAndGoesOn()
    {
        var looks = 0;
        await using var cluster = new FakeCluster("running") { Pod = Running };
        cluster.Special = async (context, _) =>
        {
            if (!Is(context, "GET", "/workflowexecutions/running") || ++looks is 1 or > 3) return false;
            cluster.Execution = Recorded("failed");
            cluster.Log = "one\n";
            context.Response.ContentLength64 = 1000;
            await LocalServer.WriteAsync(context, 200, "{");
            await BreakAsync(context);
            return true;
        };

        var run = await cluster.RunAsync("logs", "running", "-f");

        (run.ExitCode, run.Output, run.Error).ShouldBe((0, "one", "The cluster does not answer; looking again.\n"));
    }

    [Fact]
    public async Task Follow_ExecutionHasEndedAndPodIsGone_SaysSoAsWithoutFollow()
    {
        await using var cluster = new FakeCluster("failed") { Pod = null };

        var followed = await cluster.RunAsync("logs", "failed", "-f");
        var read = await cluster.RunAsync("logs", "failed");

        (followed.ExitCode, followed.Error).ShouldBe((read.ExitCode, read.Error));
        followed.ExitCode.ShouldBe(2);
        followed.Error.ShouldStartWith("failed has no log");
    }

    [Fact]
    public async Task Logs_NodeSpeltWrongly_SaysWhoSpoke()
    {
        await using var cluster = new FakeCluster("running")
        {
            Log = """{"type":"node_start","timestamp":"2026-11-28T01:00:00Z","execution_id":"x","node":"greet","branch":"north","node_type":"lua"}""" + "\n",
        };

        var run = await cluster.RunAsync("logs", "running", "--node", "great");

        (run.ExitCode, run.Output, run.Error.Trim()).ShouldBe((0, "", "The log has nothing of a node or branch 'great'. It has: greet, north."));
    }

    private static void EndAfter(FakeCluster cluster, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        cluster.Special = (_, _) =>
        {
            if (watch.Elapsed > time) cluster.Execution = Recorded("failed");
            return Task.FromResult(false);
        };
    }

    private static async Task BreakAsync(HttpListenerContext context)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200)); // What was written goes out first.
        context.Response.Abort();
    }
}
