using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>What can happen to a run beside the death of its pod. After each: no session of the role, one row, nothing fenced.</summary>
[Collection(NodeCollection.Name)]
public sealed class OracleTests(ExecutionCluster cluster)
{
    [Fact]
    public async Task Oracle_NodeFails_IsReleasedAndSaysWhichNode()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync("select pg_sleep(4), 1 / (random() * 0)::int");
        await scenario.HoldsAsync();

        var execution = await scenario.ReachesAsync("Succeeded", "False");

        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2));
        execution.Status!.Nodes!.Failed.ShouldBe(1);
        execution.Status.Nodes.Rows![0].Name.ShouldBe("hold");
        execution.Status.Conditions!.Single(c => c.Type == "Stalled").Status.ShouldBe("True", "kstatus reads a failure from it");
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Oracle_ActiveTimeOut_IsReleasedAndFailed()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync(spec: s => s with { Timeouts = new ExecutionTimeouts { Active = "4s" } });
        await scenario.HoldsAsync();

        await scenario.ReachesAsync("Succeeded", "False", "TimedOut");

        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2));
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Oracle_Terminated_IsReleasedAndCancelled()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();

        await scenario.WantAsync("Terminated");

        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(5));
        (await scenario.ReachesAsync("Succeeded", "False", "Terminated")).Status!.Phase.ShouldBe("Cancelled");
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Oracle_SuspendedThenRunning_IsReleasedThenANewAttempt()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();

        await scenario.WantAsync("Suspended");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(5));
        (await scenario.ReachesAsync("PodReady", "False", "AttemptOver")).Status!.Phase.ShouldBe("Suspended");
        await scenario.WantAsync("Running");
        await scenario.HoldsAsync();

        (await scenario.ReadAsync()).Status!.Attempt.ShouldBe(2);
        await scenario.WantAsync("Terminated");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(5), rows: 2);
        await scenario.ReachesAsync("Succeeded", "False", "Terminated");
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Oracle_Evicted_IsReleasedAndFails()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();
        var worker = await scenario.WorkerAsync();

        await cluster.KubectlAsync(
            ["create", "--raw", $"/api/v1/namespaces/{scenario.Namespace}/pods/{worker.Metadata.Name}/eviction", "-f", "-"],
            $$$"""{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"{{{worker.Metadata.Name}}}","namespace":"{{{scenario.Namespace}}}"}}""");

        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(5));
        await scenario.ReachesAsync("Succeeded", "False", "PodDeleted");
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Oracle_ExecutionDeletedWhilePending_IsGoneAndNothingRan()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync(spec: s => s with { PodTemplate = new PodTemplate { NodeSelector = new Dictionary<string, string> { ["no"] = "where" } } });
        await scenario.ReachesAsync("PodReady", "False", "Unschedulable");

        await cluster.KubectlAsync(["-n", scenario.Namespace, "delete", "wfx", "run", "--wait=false"]);

        await scenario.IsGoneAsync();
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(1), rows: 0);
        await scenario.NothingIsFencedAsync();
    }

    [Fact]
    public async Task Oracle_ExecutionDeletedWhileTheOperatorIsDown_IsReleasedWhenItIsBack()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();
        await app.DisposeAsync();
        await cluster.KubectlAsync(["-n", scenario.Namespace, "delete", "wfx", "run", "--wait=false"]);
        (await scenario.Database.CountSessionsAsync(CancellationToken.None)).ShouldBe(1, "nobody was there to ask the worker");

        await using var next = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(10));
        await scenario.IsGoneAsync();
        await scenario.NothingIsFencedAsync();
    }

    [Fact]
    public async Task Oracle_DatabaseDownDuringTheRelease_IsReleasedWhenItIsBack()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();
        var worker = await scenario.WorkerAsync();
        await Scenario.SignalAsync(worker, "STOP");
        await cluster.Postgres.CrashAsync(CancellationToken.None);
        try
        {
            await Scenario.SignalAsync(worker, "KILL");
            await scenario.ReachesAsync("ConnectionsReleased", "False", "ReleaseFailed");
        }
        finally
        {
            await cluster.Postgres.RestartAsync(CancellationToken.None);
        }

        await scenario.ReachesAsync("ConnectionsReleased", "True", "ReleasedByOwnerTag");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(1));
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Oracle_SecretAndConnectionDeletedFirst_WaitsVisiblyThenIsReleased()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();
        await cluster.Client.DeleteAsync<V1Secret>("orders-db", scenario.Namespace);
        await cluster.Client.DeleteAsync<ConnectionEntity>("orders-db", scenario.Namespace);
        await Scenario.SignalAsync(await scenario.WorkerAsync(), "KILL");
        await scenario.ReachesAsync("ConnectionsReleased", "False", "CredentialsMissing");
        (await scenario.Database.CountSessionsAsync(CancellationToken.None)).ShouldBe(1, "it cannot be released, and it says so");

        await scenario.CreateSecretAsync();

        await scenario.ReachesAsync("ConnectionsReleased", "True", "ReleasedByOwnerTag");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(1));
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Oracle_NamespaceDeleted_IsReleasedAndGone()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();

        await cluster.KubectlAsync(["delete", "namespace", scenario.Namespace, "--wait=false"]);

        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(15));
        await Eventually.TrueAsync(
            async () => await cluster.Client.GetAsync<V1Namespace>(scenario.Namespace) is null, TimeSpan.FromSeconds(60), () => "the namespace hangs");
    }

    [Fact]
    public async Task Oracle_KubeletStoppedThenBack_IsNotTakenForGone()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();
        await cluster.RestartAsync("kubelet", "stop");
        try
        {
            await cluster.KubectlAsync(["-n", scenario.Namespace, "delete", "wfx", "run", "--wait=false"]);
            await scenario.ReachesAsync("PodReady", "False", "WorkerUnreachable", seconds: 120);
            (await scenario.Database.CountSessionsAsync(CancellationToken.None)).ShouldBe(1, "the worker still runs: no release behind its back");
            (await scenario.HadReleasePodAsync()).ShouldBeFalse();
        }
        finally
        {
            await cluster.RestartAsync("kubelet", "start");
        }

        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(30));
        // A kubelet that has forgotten how the container ended confirms the deletion itself, after a while.
        await scenario.IsGoneAsync(seconds: 120);
        await scenario.NothingIsFencedAsync();
    }

    /// <summary>Such a kubelet kills what it finds when it is back, and says that it never ran (docs/decisions/0022).</summary>
    [Fact]
    public async Task Oracle_KubeletDiesBeforeItSaysThatTheWorkerRuns_IsReleased()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.OpensUnreportedAsync();
        await cluster.RestartAsync("kubelet", "kill");
        try
        {
            await cluster.KubectlAsync(["-n", scenario.Namespace, "delete", "wfx", "run", "--wait=false"]);
        }
        finally
        {
            await cluster.RestartAsync("kubelet", "start");
        }

        await scenario.IsGoneAsync(seconds: 150);
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(1));
        await scenario.NothingIsFencedAsync();
    }

    [Fact]
    public async Task Oracle_TwoOperatorsLead_RunOnce()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var one = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await using var other = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        await scenario.RunAsync("select pg_sleep(4)");
        await scenario.HoldsAsync();

        await scenario.ReachesAsync("Succeeded", "True", "Completed");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(2));
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Oracle_ReleaseDeadlineWithOrphan_GivesUpAndSaysSo()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync(spec: s => s with { Release = new ExecutionRelease { Graceful = "5s", Deadline = "3s", OnTimeout = "Orphan" } });
        await scenario.HoldsAsync();
        await cluster.Client.DeleteAsync<V1Secret>("orders-db", scenario.Namespace);
        await Scenario.SignalAsync(await scenario.WorkerAsync(), "KILL");

        var execution = await scenario.ReachesAsync("ConnectionsReleased", "False", "Orphaned");

        execution.Status!.Connections!.ShouldHaveSingleItem().State.ShouldBe("Orphaned");
        await scenario.IsUnfencedAsync();
        await scenario.Database.DropAsync(CancellationToken.None);
    }
}
