using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>desiredState and rerunToken on real pods.</summary>
[Collection(NodeCollection.Name)]
public sealed class ControlTests(ExecutionCluster cluster)
{
    private const string Insert = "insert into runs default values";

    [Fact]
    public async Task Stopped_WhileItRuns_StartsNoOtherNodeAndRunsFinally()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync(spec: s => s with
        {
            Workflow = JsonSerializer.SerializeToElement(new
            {
                name = "stop",
                nodes = new object[]
                {
                    new { name = "turns", type = "while_loop", condition = "true", max_iterations = 1000, body = new[] { new { name = "turn", run = "sleep(0.1)" } } },
                    new { name = "never", type = "sql", config = new { connection = "orders-db", query = Insert } },
                },
                @finally = new object[] { new { name = "tidy", type = "sql", config = new { connection = "orders-db", query = Insert } } },
            }),
        });
        await scenario.ReachesAsync("PodReady", "True");
        await Task.Delay(TimeSpan.FromSeconds(2));

        await scenario.WantAsync("Stopped");

        var began = TimeProvider.System.GetTimestamp();
        var execution = await scenario.ReachesAsync("Succeeded", "False", "Stopped", seconds: 90);
        Figures.Add(TimeSpan.FromSeconds(90), TimeProvider.System.GetElapsedTime(began));
        execution.Status!.Phase.ShouldBe("Cancelled");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2), rows: 1);
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Suspended_ThenRunningAgain_GivesItsSlotAwayAndQueues()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace, most: 1);
        await scenario.RunAsync();
        await scenario.HoldsAsync();

        await scenario.WantAsync("Suspended");

        await scenario.ReachesAsync("Admitted", "False", "Suspended");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(5));
        await scenario.RunAsync("select pg_sleep(3)", name: "other");
        await scenario.ReachesAsync("Admitted", "True", name: "other");
        await scenario.WantAsync("Running");
        await scenario.ReachesAsync("Admitted", "False", "ClusterLimit");
        await scenario.ReachesAsync("Succeeded", "True", name: "other");
        (await scenario.ReachesAsync("PodReady", "True")).Status!.Attempt.ShouldBe(2);
        await scenario.WantAsync("Terminated");
        await scenario.ReachesAsync("Succeeded", "False", "Terminated");
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task RerunToken_Changed_RunsTheSameJobOnceMore()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync("select 1", s => s with { RerunToken = "one" });
        await scenario.ReachesAsync("Succeeded", "True");
        await scenario.IsUnfencedAsync();
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2));

        await cluster.KubectlAsync(["-n", scenario.Namespace, "patch", "wfx", "run", "--type=merge", "-p", """{"spec":{"rerunToken":"two"}}"""]);

        await Eventually.TrueAsync(
            async () => (await scenario.ReadAsync()).Status is { PastRuns.Count: 1, CompletionTime: not null }, TimeSpan.FromSeconds(60), () => "it is not run again");
        var status = (await scenario.ReadAsync()).Status!;
        (status.Attempt, status.FirstAttempt, status.Phase, status.PastRuns![0].Phase).ShouldBe((2, 2, "Succeeded", "Succeeded"));
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2), rows: 2);
        await scenario.IsUnfencedAsync();
    }
}
