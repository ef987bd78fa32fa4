using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>Attempts, time to live, and what tools read from a status.</summary>
[Collection(NodeCollection.Name)]
public sealed class PolicyTests(ExecutionCluster cluster)
{
    [Fact]
    public async Task RetryPolicy_Restart_StartsAnotherAttemptWithItsOwnTagAfterTheRelease()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync(spec: s => s with { RetryPolicy = new ExecutionRetryPolicy { MaxAttempts = 2, OnPodFailure = "Restart", Backoff = "1s" } });
        await scenario.HoldsAsync();
        var uid = Guid.Parse((await scenario.ReadAsync()).Metadata.Uid);
        await Scenario.SignalAsync(await scenario.WorkerAsync(), "KILL");
        await Eventually.TrueAsync(
            async () => (await scenario.ReadAsync()).Status!.Attempt == 2, TimeSpan.FromSeconds(60), () => "no second attempt");
        (await scenario.Database.CountSessionsAsync(CancellationToken.None)).ShouldBeLessThanOrEqualTo(1, "the first attempt's session is gone before the second begins");
        await scenario.HoldsAsync();
        (await scenario.Database.ScalarAsync<string>(
            $"select application_name from pg_stat_activity where usename = '{scenario.Database.Role}'", CancellationToken.None)).ShouldBe($"bulkhead/{uid:n}/2");

        await Scenario.SignalAsync(await scenario.WorkerAsync(), "KILL");

        await scenario.ReachesAsync("Succeeded", "False", "WorkerDied");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(15), rows: 2);
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Ttl_AfterTheEnd_DeletesTheExecutionWithItsPodAndJob()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync("select 1", spec: s => s with { TtlSecondsAfterFinished = 2 });

        await scenario.IsGoneAsync();

        await Eventually.TrueAsync(
            async () => (await cluster.Client.ListAsync<V1Pod>(scenario.Namespace)).Count == 0, TimeSpan.FromSeconds(60), () => "its pod is left");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Ttl_OfAnObjectThatGitOwns_DeletesOnlyPodAndJob()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync(
            "select 1", spec: s => s with { TtlSecondsAfterFinished = 1 }, annotations: new() { ["argocd.argoproj.io/tracking-id"] = "app:bulkhead.dev/WorkflowExecution:x/run" });
        await scenario.ReachesAsync("Succeeded", "True");

        await Eventually.TrueAsync(
            async () => (await cluster.Client.ListAsync<V1Pod>(scenario.Namespace)).Count == 0
                && (await cluster.Client.ListAsync<V1ConfigMap>(scenario.Namespace)).All(m => m.Metadata.Name == "kube-root-ca.crt"),
            TimeSpan.FromSeconds(60), () => "pod or job are left");

        (await scenario.ReadAsync()).Status!.Phase.ShouldBe("Succeeded", "Git would create it, and run it, again");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task History_MoreThanTheTenantKeeps_TheOldestGo()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        var tenant = await cluster.Client.CreateAsync(new TenantEntity
        {
            Metadata = new V1ObjectMeta { Name = scenario.Namespace },
            Spec = new TenantSpec { Namespaces = [scenario.Namespace], SuccessfulExecutionsHistoryLimit = 1 },
        });
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        foreach (var name in (string[])["first", "second"])
        {
            await scenario.RunAsync("select 1", name: name);
            await scenario.ReachesAsync("Succeeded", "True", name: name);
        }

        await scenario.RunAsync("select 1/0", name: "third");
        await scenario.ReachesAsync("Succeeded", "False", name: "third");

        await scenario.IsGoneAsync(name: "first");
        (await cluster.Client.ListAsync<WorkflowExecutionEntity>(scenario.Namespace)).Select(e => e.Name()).Order().ShouldBe(["second", "third"]);
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(1), rows: 3);
        await cluster.Client.DeleteAsync<TenantEntity>(tenant.Name());
    }

    [Fact]
    public async Task Kubectl_ApplyThenWait_ReadsAsASreExpects()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        await cluster.KubectlAsync(["-n", scenario.Namespace, "apply", "-f", Path.Combine(ApiServer.Root, "examples", "execution.yaml")]);
        await cluster.KubectlAsync(["-n", scenario.Namespace, "wait", "--for=condition=Succeeded", "wfx/hello", "--timeout=30s"]);

        var table = await cluster.KubectlAsync(["-n", scenario.Namespace, "get", "wfx", "-o", "wide"]);
        table.ShouldContain("PHASE");
        table.ShouldContain("Succeeded");
    }

    [Fact]
    public async Task Status_OfTenThousandNodes_StaysUnder32KiB()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        var nodes = Enumerable.Range(0, 10_000).Select(i => new { name = $"n{i}", run = "return {}" });
        var workflow = JsonSerializer.SerializeToElement(new { name = "many", nodes, settings = new { max_iterations = 20_000 } });
        await cluster.Client.CreateAsync(new WorkflowEntity
        {
            Metadata = new V1ObjectMeta { Name = "many", NamespaceProperty = scenario.Namespace },
            Spec = new WorkflowSpec { Workflow = workflow },
        });

        await scenario.RunAsync(spec: s => s with { Workflow = null, WorkflowRef = new NameReference { Name = "many" } });

        var execution = await scenario.ReachesAsync("Succeeded", "True", seconds: 90);
        execution.Status!.Nodes!.Total.ShouldBe(10_000);
        execution.Status.Nodes.Done.ShouldBe(10_000);
        JsonSerializer.SerializeToUtf8Bytes(execution.Status, ResourceJson.Default.WorkflowExecutionStatus).Length.ShouldBeLessThan(32 * 1024);
    }
}
