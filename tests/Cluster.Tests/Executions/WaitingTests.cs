using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>What is not there yet: the execution waits visibly, and goes on when it appears.</summary>
[Collection(NodeCollection.Name)]
public sealed class WaitingTests(ExecutionCluster cluster)
{
    [Fact]
    public async Task Waiting_WorkflowMissing_GoesOnWhenItAppears()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync(spec: s => s with { Workflow = null, WorkflowRef = new NameReference { Name = "later" } });
        (await scenario.ReachesAsync("Admitted", "False", "WorkflowMissing")).Status!.Phase.ShouldBe("Waiting");

        await cluster.Client.CreateAsync(new WorkflowEntity
        {
            Metadata = new V1ObjectMeta { Name = "later", NamespaceProperty = scenario.Namespace },
            Spec = new WorkflowSpec { Workflow = JsonElement.Parse("""{"name":"later","nodes":[{"name":"one","run":"return {one = 1}"}]}""") },
        });

        var execution = await scenario.ReachesAsync("Succeeded", "True", seconds: 20);
        execution.Status!.Outputs!.Value.GetProperty("one").GetInt32().ShouldBe(1);
        var workflow = await cluster.Client.GetAsync<WorkflowEntity>("later", scenario.Namespace);
        workflow!.Status!.Conditions!.ShouldHaveSingleItem().Status.ShouldBe("True");
    }

    [Fact]
    public async Task Waiting_ConnectionMissing_GoesOnWhenItAppears()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await cluster.Client.DeleteAsync<ConnectionEntity>("orders-db", scenario.Namespace);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync("select 1");
        var waiting = await scenario.ReachesAsync("Admitted", "False", "ConnectionMissing");
        waiting.Status!.Conditions!.Single(c => c.Type == "Admitted").Message.ShouldContain("orders-db");

        await scenario.ConnectAsync(serverExpiry: true);

        await scenario.ReachesAsync("Succeeded", "True", seconds: 20);
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Waiting_SecretMissing_GoesOnWhenItAppears()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await cluster.Client.DeleteAsync<V1Secret>("orders-db", scenario.Namespace);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync("select 1");
        var waiting = await scenario.ReachesAsync("PodReady", "False", "CredentialsMissing");
        waiting.Status!.Conditions!.Single(c => c.Type == "PodReady").Message.ShouldContain("orders-db");

        await scenario.CreateSecretAsync();

        // The kubelet tries again by itself, with growing pauses.
        await scenario.ReachesAsync("Succeeded", "True", seconds: 150);
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Waiting_ImageMissing_SaysSoAndCanBeDeleted()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        var missing = ExecutionCluster.Worker with { Image = "localhost/no-such-image:1" };
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace, worker: missing);
        await scenario.RunAsync("select 1");
        await scenario.ReachesAsync("PodReady", "False", "ImageUnavailable");

        await cluster.KubectlAsync(["-n", scenario.Namespace, "delete", "wfx", "run", "--wait=false"]);

        await scenario.IsGoneAsync(seconds: 90);
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(1), rows: 0);
        await scenario.NothingIsFencedAsync();
    }

    [Fact]
    public async Task Waiting_QuotaExceeded_GoesOnWhenThereIsRoom()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await cluster.KubectlAsync(["-n", scenario.Namespace, "create", "quota", "none", "--hard=pods=0"]);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync("select 1");
        await scenario.ReachesAsync("PodReady", "False", "QuotaExceeded");

        await cluster.KubectlAsync(["-n", scenario.Namespace, "delete", "quota", "none"]);

        await scenario.ReachesAsync("Succeeded", "True", seconds: 60);
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Waiting_QueueTimeOut_Fails()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        await scenario.RunAsync(spec: s => s with
        {
            Workflow = null,
            WorkflowRef = new NameReference { Name = "never" },
            Timeouts = new ExecutionTimeouts { Queue = "2s" },
        });

        await scenario.ReachesAsync("Succeeded", "False", "QueueTimedOut", seconds: 20);
    }
}
