using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;

namespace Bulkhead.Cluster.Tests.Executions;

/// <summary>
/// The kill matrix: however a worker pod ends, its sessions are gone in time, its record is kept until it is read, and the run was run once. With the server's own
/// expiry off, so that it was Bulkhead who released them.
/// </summary>
[Collection(NodeCollection.Name)]
public sealed class FenceTests(ExecutionCluster cluster)
{
    private static readonly TimeSpan AfterSigterm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterHardDeath = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Fence_WorkerEndsByItself_ProvesItsRelease()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync("select pg_sleep(4)");
        await scenario.HoldsAsync();

        var execution = await scenario.ReachesAsync("Succeeded", "True", "Completed");

        await scenario.IsReleasedAsync(AfterSigterm);
        execution.Status!.Connections!.ShouldHaveSingleItem().State.ShouldBe("Released");
        execution.Status.Connections![0].Handle.ShouldNotBeNull();
        (await scenario.HadReleasePodAsync()).ShouldBeFalse("the worker has proven it");
        await scenario.IsUnfencedAsync();
    }

    [Theory]
    [InlineData("TERM", false, "the worker releases and proves it")]
    [InlineData("KILL", true, "nobody has proven anything")]
    public async Task Fence_WorkerGetsASignal_IsReleasedAndFails(string signal, bool byReleasePod, string because)
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();

        await Scenario.SignalAsync(await scenario.WorkerAsync(), signal);

        await scenario.IsReleasedAsync(byReleasePod ? AfterHardDeath : AfterSigterm);
        var execution = await scenario.ReachesAsync("ConnectionsReleased", "True", byReleasePod ? "ReleasedByOwnerTag" : "ReleasedByWorker");
        (await scenario.HadReleasePodAsync()).ShouldBe(byReleasePod, because);
        execution = await scenario.ReachesAsync("Succeeded", "False", byReleasePod ? "WorkerDied" : "PodDeleted");
        execution.Status!.Phase.ShouldBe("Failed");
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Fence_WorkerStoppedThenKilled_ReleasePodEndsTheSession()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();
        var worker = await scenario.WorkerAsync();
        await Scenario.SignalAsync(worker, "STOP");

        await Scenario.SignalAsync(worker, "KILL");

        await scenario.IsReleasedAsync(AfterHardDeath);
        await scenario.ReachesAsync("ConnectionsReleased", "True", "ReleasedByOwnerTag");
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Fence_OutOfMemory_IsReleasedAndNamed()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync(spec: s => s with
        {
            PodTemplate = new PodTemplate
            {
                Resources = new PodResources
                {
                    Requests = new Dictionary<string, string> { ["memory"] = "64Mi" },
                    Limits = new Dictionary<string, string> { ["memory"] = "160Mi" },
                },
            },
        });
        await scenario.HoldsAsync();
        var worker = await scenario.WorkerAsync();

        await Memory.ExhaustAsync(worker);

        await scenario.IsReleasedAsync(AfterHardDeath);
        await scenario.ReachesAsync("Succeeded", "False", "OutOfMemory");
        await scenario.IsUnfencedAsync();
    }

    [Theory]
    [InlineData("--force --grace-period=0", "a force deletion takes the object away, but its fence keeps it")]
    [InlineData("--cascade=foreground", "the ordinary way, with its dependants first")]
    [InlineData("--grace-period=5", "a drain")]
    public async Task Fence_PodDeletedBySomebodyElse_IsReleasedAndFails(string how, string because)
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();
        var worker = await scenario.WorkerAsync();

        await cluster.KubectlAsync(["-n", scenario.Namespace, "delete", "pod", worker.Metadata.Name, "--wait=false", .. how.Split(' ')]);

        await scenario.IsReleasedAsync(AfterHardDeath);
        var execution = await scenario.ReachesAsync("Succeeded", "False");
        execution.Status!.Conditions!.Single(c => c.Type == "Succeeded").Reason.ShouldBeOneOf(["PodDeleted", "WorkerDied"], because);
        await scenario.IsUnfencedAsync();
    }

    /// <summary>The moment in which a kubelet up to 1.21 ends a worker and never says that it ran (docs/decisions/0022).</summary>
    [Fact]
    public async Task Fence_PodDeletedBeforeItsKubeletSaysThatItRuns_RanOnceAndIsReleased()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.OpensUnreportedAsync();

        await cluster.KubectlAsync(["-n", scenario.Namespace, "delete", "pod", (await scenario.WorkerAsync()).Metadata.Name, "--wait=false"]);
        await cluster.SignalKubeletAsync("CONT");

        var execution = await scenario.ReachesAsync("Succeeded", "False");
        execution.Status!.Conditions!.Single(c => c.Type == "Succeeded").Reason.ShouldBeOneOf("PodDeleted", "WorkerDied");
        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(1));
        await scenario.IsUnfencedAsync();
    }

    [Fact]
    public async Task Fence_PodRunsIntoItsDeadline_IsUnprovenAndReleased()
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();
        var worker = await scenario.WorkerAsync();
        // The deadline only serves a dead operator.
        await app.DisposeAsync();
        await cluster.KubectlAsync(["-n", scenario.Namespace, "patch", "pod", worker.Metadata.Name, "--type=merge", "-p", """{"spec":{"activeDeadlineSeconds":1}}"""]);
        await Eventually.TrueAsync(
            async () => (await scenario.WorkerAsync()).Status.Phase == "Failed", TimeSpan.FromSeconds(60), () => "the pod has no end");

        await using var next = await RunningOperator.StartAsync(cluster, scenario.Namespace);

        await scenario.IsReleasedAsync(TimeSpan.FromSeconds(60));
        await scenario.ReachesAsync("Succeeded", "False", seconds: 90);
        await scenario.IsUnfencedAsync();
    }

    [Theory]
    [InlineData("background")]
    [InlineData("foreground")]
    [InlineData("orphan")]
    public async Task Fence_ExecutionDeletedWhileItRuns_IsReleasedThenGone(string cascade)
    {
        var scenario = await Scenario.CreateAsync(cluster, serverExpiry: false);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        await scenario.RunAsync();
        await scenario.HoldsAsync();

        await cluster.KubectlAsync(["-n", scenario.Namespace, "delete", "wfx", "run", "--wait=false", $"--cascade={cascade}"]);

        await scenario.IsReleasedAsync(AfterHardDeath);
        await scenario.IsGoneAsync();
        await scenario.NothingIsFencedAsync();
    }
}
