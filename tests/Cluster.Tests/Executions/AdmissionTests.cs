using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>Who runs and who waits, on real pods: limits, positions, keys, and operators that come and go.</summary>
[Collection(NodeCollection.Name)]
public sealed class AdmissionTests(ExecutionCluster cluster)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("BULKHEAD_TEST_LONG") == "1";

    [Fact]
    public async Task Limits_OfClusterUserAndTenant_AreSaidWithPositions()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await TenantAsync(scenario, new TenantSpec { MaxConcurrentExecutions = 2, MaxConcurrentPerUser = 1 });
        await using (await RunningOperator.StartAsync(cluster, scenario.Namespace, most: 1))
        {
            await HoldAsync(scenario, "a1", "alice");
            await scenario.ReachesAsync("Admitted", "True", name: "a1");
            await HoldAsync(scenario, "b1", "bob");
            await WaitsAsync(scenario, "b1", "ClusterLimit", "position 1 of 1");
        }

        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.ReachesAsync("Admitted", "True", name: "b1");
        await HoldAsync(scenario, "a2", "alice");
        await WaitsAsync(scenario, "a2", "UserLimit", "position 1 of 1");
        await HoldAsync(scenario, "c1", "carol");
        await WaitsAsync(scenario, "c1", "TenantLimit", "position 1 of 1");

        await scenario.WantAsync("Terminated", "a1");

        await scenario.ReachesAsync("Admitted", "True", name: "a2");
        await WaitsAsync(scenario, "c1", "TenantLimit", "position 1 of 1");
        var load = await cluster.Client.GetAsync<TenantEntity>(scenario.Namespace);
        load!.Status!.WaitingExecutions.ShouldNotBeNull();

        await cluster.KubectlAsync(["delete", "wft", scenario.Namespace]);

        await scenario.ReachesAsync("Admitted", "True", name: "c1");
        await ClearAsync(scenario);
    }

    [Fact]
    public async Task Queue_TimeOutWhileItWaitsForASlot_Ends()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await TenantAsync(scenario, new TenantSpec { MaxConcurrentPerUser = 1 });
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await HoldAsync(scenario, "first", "alice");
        await scenario.ReachesAsync("Admitted", "True", name: "first");
        await HoldAsync(scenario, "second", "alice", queue: "5s");
        await WaitsAsync(scenario, "second", "UserLimit", "position 1 of 1");

        await scenario.ReachesAsync("Succeeded", "False", "QueueTimedOut", seconds: 20, name: "second");

        (await scenario.ReadAsync("first")).Status!.CompletionTime.ShouldBeNull();
        await ClearAsync(scenario);
    }

    [Fact]
    public async Task Keys_QueueForbidAndReplace_DoAsTheyAreAsked()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await HoldAsync(scenario, "first", key: "nightly");
        await scenario.ReachesAsync("PodReady", "True", name: "first");
        await HoldAsync(scenario, "second", key: "nightly");
        await WaitsAsync(scenario, "second", "ConcurrencyKey", "position 1 of 1");
        await HoldAsync(scenario, "no", key: "nightly", policy: "Forbid");
        await scenario.ReachesAsync("Succeeded", "False", "ConcurrencyForbidden", name: "no");
        await Task.Delay(1100); // Who came first is told by whole seconds.

        await HoldAsync(scenario, "newest", key: "nightly", policy: "Replace");

        await scenario.ReachesAsync("Succeeded", "False", "Replaced", name: "second");
        await scenario.ReachesAsync("Succeeded", "False", "Replaced", name: "first");
        await scenario.ReachesAsync("PodReady", "True", name: "newest");
        await ClearAsync(scenario);
    }

    [Fact]
    public async Task Operator_RestartedUnderLoad_ExceedsNoLimitAndRunsEachOnce()
    {
        const int Slots = 3;
        var (runs, restarts) = IsLong ? (40, 20) : (10, 3);
        var scenario = await Scenario.CreateAsync(cluster);
        foreach (var run in Enumerable.Range(1, runs)) await scenario.RunAsync("select pg_sleep(0.5)", name: $"run-{run}");
        using var stop = new CancellationTokenSource();
        var most = MostAsync(scenario, stop.Token);
        for (var i = 0; i < restarts; i++)
        {
            await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace, most: Slots);
            await Task.Delay(TimeSpan.FromSeconds(4));
        }

        await using var last = await RunningOperator.StartAsync(cluster, scenario.Namespace, most: Slots);
        foreach (var run in Enumerable.Range(1, runs)) await scenario.ReachesAsync("Succeeded", "True", name: $"run-{run}", seconds: 240);
        await stop.CancelAsync();

        (await most).ShouldBe(Slots, "all slots were used, and not one more");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(5), rows: runs);
    }

    /// <summary>The most that held a slot, and the most worker pods that had not ended, whichever was more.</summary>
    private async Task<int> MostAsync(Scenario scenario, CancellationToken stop)
    {
        var most = 0;
        while (!stop.IsCancellationRequested)
        {
            var executions = await cluster.Client.ListAsync<WorkflowExecutionEntity>(scenario.Namespace, cancellationToken: CancellationToken.None);
            var pods = await cluster.Client.ListAsync<V1Pod>(scenario.Namespace, "bulkhead.dev/role=worker", cancellationToken: CancellationToken.None);
            var holding = executions.Count(e => e.Status is { CompletionTime: null } status && status.Conditions?.Any(c => c is { Type: "Admitted", Status: "True" }) == true);
            most = Math.Max(most, Math.Max(holding, pods.Count(p => p.Status?.Phase is "Pending" or "Running")));
            await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }

        return most;
    }

    private Task<TenantEntity> TenantAsync(Scenario scenario, TenantSpec spec) => cluster.Client.CreateAsync(new TenantEntity
    {
        Metadata = new V1ObjectMeta { Name = scenario.Namespace },
        Spec = spec with { Namespaces = [scenario.Namespace] },
    });

    private static Task<WorkflowExecutionEntity> HoldAsync(Scenario scenario, string name, string? user = null, string? key = null, string? policy = null, string? queue = null) => scenario.RunAsync(
        spec: s => s with
        {
            Workflow = JsonElement.Parse("""{"name":"hold","nodes":[{"name":"one","run":"sleep(600)"}]}"""),
            UserId = user,
            ConcurrencyKey = key,
            ConcurrencyPolicy = policy,
            Timeouts = queue is null ? null : new ExecutionTimeouts { Queue = queue },
        }, name: name);

    private static async Task WaitsAsync(Scenario scenario, string name, string reason, string position) =>
        (await scenario.ReachesAsync("Admitted", "False", reason, name: name)).Status!.Conditions!.Single(c => c.Type == "Admitted").Message.ShouldContain(position);

    private async Task ClearAsync(Scenario scenario)
    {
        await cluster.KubectlAsync(["-n", scenario.Namespace, "delete", "wfx", "--all", "--timeout=90s"]);
        await scenario.NothingIsFencedAsync();
    }
}
