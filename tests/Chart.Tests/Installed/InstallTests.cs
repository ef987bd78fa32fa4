using System.Diagnostics;

namespace Bulkhead.Chart.Tests.Installed;

/// <summary>The chart on a real node: installed, tested, upgraded, failed over, uninstalled. Each test installs what it needs; installing again changes nothing.</summary>
[Collection(NodeCollection.Name)]
public sealed class InstallTests(Node node)
{
    [Fact]
    public async Task NewUser_InstallsRunsLooksAndUninstalls_NothingIsLeft()
    {
        (await node.ChartAsync("install")).ShouldContain("looks at every namespace");
        (await node.ChartAsync("test")).ShouldContain("Succeeded");
        await node.ApplyAsync(Executions.Of("hello", "return {text = 'Hello'}") + Executions.Of("endless", "sleep(600)"));
        await node.KubectlAsync("wait", "--for=condition=Succeeded", "wfx/hello", "--timeout=60s");
        await node.UntilAsync(async () => Executions.Phase(await node.GetAsync("wfx", "endless", "default")) == "Running", TimeSpan.FromSeconds(30), "endless runs");
        (await MetricsAsync()).ShouldContain("bulkhead_executions{phase=\"Running\"} 1");

        await node.ChartAsync("uninstall");

        Executions.Phase(await node.GetAsync("wfx", "endless", "default")).ShouldBe("Cancelled", "the pre-delete hook drains");
        (await node.ListAsync("wfx", "-A")).ShouldAllBe(e => e["metadata"]!["finalizers"] == null);
        (await node.ListAsync("pods,configmaps", "-A", "-l", "bulkhead.dev/execution-uid")).ShouldAllBe(p => p["metadata"]!["finalizers"] == null);
        (await node.ListAsync("crd")).Count.ShouldBe(4, "CRDs and records stay");
        (await node.ListAsync("all,serviceaccounts,roles,rolebindings,networkpolicies,pdb", "-n", Node.Namespace, "-l", "app.kubernetes.io/part-of=bulkhead")).ShouldBeEmpty();
        (await node.ListAsync("clusterroles,clusterrolebindings", "-l", "app.kubernetes.io/part-of=bulkhead")).ShouldBeEmpty();
        await node.KubectlAsync("delete", "wfx", "--all", "--timeout=10s");
    }

    [Fact]
    public async Task Upgrade_WhileTwentyExecutionsRun_LosesAndRepeatsNone()
    {
        await node.ChartAsync("install");
        await node.ApplyAsync(string.Concat(Enumerable.Range(0, 20).Select(i => Executions.Of($"run-{i}", "sleep(15) return {}"))));
        await node.UntilAsync(async () => (await node.ListAsync("wfx")).Count(e => Executions.Phase(e) == "Running") >= 5, TimeSpan.FromSeconds(90), "executions run");

        await node.ChartAsync("install", "--set", $"operator.podAnnotations.revision={Guid.NewGuid():n}");

        await node.UntilAsync(async () => (await node.ListAsync("wfx")).All(e => e["status"]?["completionTime"] is not null), TimeSpan.FromMinutes(3), "all have ended");
        var executions = await node.ListAsync("wfx");
        executions.Count.ShouldBe(20);
        executions.ShouldAllBe(e => Executions.Phase(e) == "Succeeded" && (int)e["status"]!["attempt"]! == 1);
        (await node.ListAsync("pods", "-l", "bulkhead.dev/role=worker")).Count.ShouldBe(20);
        await node.KubectlAsync("delete", "wfx", "--all", "--timeout=60s");
    }

    [Fact]
    public async Task Leader_Killed_IsReplacedWithinTwentySeconds()
    {
        await node.ChartAsync("install");
        var leader = (string)(await node.GetAsync("lease", "bulkhead-operator-leader", Node.Namespace))!["spec"]!["holderIdentity"]!;
        var pod = (await node.ListAsync("pods", "-n", Node.Namespace, "-l", "app.kubernetes.io/component=operator"))
            .Select(p => (string)p["metadata"]!["name"]!).Single(p => leader.Contains(p, StringComparison.Ordinal));

        await node.KubectlAsync("delete", "pod", pod, "-n", Node.Namespace, "--grace-period=0", "--force");
        var killed = Stopwatch.StartNew();
        await node.ApplyAsync(Executions.Of("after", "return {}"));
        await node.KubectlAsync("wait", "--for=condition=Succeeded", "wfx/after", "--timeout=60s");

        killed.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(25), "15 s of lease, 2 s until the next try, and the execution itself");
        (await node.ListAsync("pods", "-l", "bulkhead.dev/execution=after")).Count.ShouldBe(1);
        await node.KubectlAsync("delete", "wfx", "--all", "--timeout=60s");
    }

    [Fact]
    public async Task SyncFromGit_OfAFinishedExecution_NeverRunsItAgain()
    {
        await node.ChartAsync("install");
        var manifest = Executions.Of("from-git", "return {}", ", annotations: {argocd.argoproj.io/tracking-id: x}", "\n  ttlSecondsAfterFinished: 1");
        await node.ApplyAsync(manifest);
        await node.KubectlAsync("wait", "--for=condition=Succeeded", "wfx/from-git", "--timeout=60s");
        var before = (await node.GetAsync("wfx", "from-git", "default"))!;
        await node.UntilAsync(async () => (await node.ListAsync("pods", "-l", "bulkhead.dev/execution=from-git")).Count == 0, TimeSpan.FromSeconds(30), "TTL takes the pod");

        await node.ApplyAsync(manifest);
        await node.ApplyAsync(manifest.Replace("from-git", "marker", StringComparison.Ordinal));
        await node.KubectlAsync("wait", "--for=condition=Succeeded", "wfx/marker", "--timeout=60s");

        var after = (await node.GetAsync("wfx", "from-git", "default"))!;
        ((string?)after["metadata"]!["uid"]).ShouldBe((string?)before["metadata"]!["uid"], "TTL deletes nothing that Git would make again");
        after["status"]!["completionTime"]!.ToJsonString().ShouldBe(before["status"]!["completionTime"]!.ToJsonString());
        ((int)after["status"]!["attempt"]!).ShouldBe(1);
        await node.KubectlAsync("delete", "wfx", "from-git", "marker", "--timeout=30s");
    }

    private async Task<string> MetricsAsync()
    {
        // Only the leader counts executions; the Service leads to either.
        var pages = await Task.WhenAll((await node.ListAsync("pods", "-n", Node.Namespace, "-l", "app.kubernetes.io/component=operator"))
            .Select(p => node.KubectlAsync("get", "--raw", $"/api/v1/namespaces/{Node.Namespace}/pods/{p["metadata"]!["name"]}:8080/proxy/metrics")));
        return string.Concat(pages);
    }
}
