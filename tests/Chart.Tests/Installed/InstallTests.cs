using System.Text.RegularExpressions;

namespace Bulkhead.Chart.Tests.Installed;

/// <summary>The chart on a real node: installed, tried, uninstalled as the README says; and synchronised from Git.</summary>
[Collection(NodeCollection.Name)]
public sealed partial class InstallTests(Node node)
{
    /// <summary>The lines of the README's section on clusters, typed one after the other at the repository's root.</summary>
    [Fact]
    public async Task NewUser_TypingTheReadmesLines_InstallsRunsLooksAndUninstallsAndNothingIsLeft()
    {
        var lines = Block().Match(Repository.Read("README.md")).Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBeGreaterThan(8);
        var said = "";
        foreach (var line in lines.TakeWhile(l => !l.Contains("uninstall", StringComparison.Ordinal))) said += await node.TypeAsync(line);

        said.ShouldContain("looks at every namespace", Case.Sensitive, "the notes of the installation");
        said.ShouldContain("Succeeded", Case.Sensitive, "the test hook ran an execution");
        said.ShouldContain("workflowexecution.bulkhead.dev/hello condition met");
        said.ShouldContain("bulkhead_executions{phase=\"Succeeded\"}");
        said.ShouldContain("bulkhead_leader 1", Case.Sensitive, "one replica leads");
        await node.ApplyAsync(Executions.Of("endless", "sleep(600)"));
        await node.UntilAsync(async () => Executions.Phase(await node.GetAsync("wfx", "endless", "default")) == "Running", TimeSpan.FromSeconds(30), "endless runs");

        foreach (var line in lines.SkipWhile(l => !l.Contains("uninstall", StringComparison.Ordinal))) said += await node.TypeAsync(line);

        Executions.Phase(await node.GetAsync("wfx", "endless", "default")).ShouldBe("Cancelled", "the pre-delete hook drains");
        (await node.ListAsync("wfx", "-A")).ShouldAllBe(e => e["metadata"]!["finalizers"] == null);
        (await node.ListAsync("pods,configmaps", "-A", "-l", "bulkhead.dev/execution-uid")).ShouldAllBe(p => p["metadata"]!["finalizers"] == null);
        (await node.ListAsync("crd")).Count.ShouldBe(4, "CRDs and records stay");
        (await node.ListAsync("all,serviceaccounts,roles,rolebindings,networkpolicies,pdb", "-n", Node.Namespace, "-l", "app.kubernetes.io/part-of=bulkhead")).ShouldBeEmpty();
        (await node.ListAsync("clusterroles,clusterrolebindings", "-l", "app.kubernetes.io/part-of=bulkhead")).ShouldBeEmpty();
        await node.KubectlAsync("delete", "wfx", "--all", "--timeout=10s");
    }

    /// <summary>The other scope: the operator lives in its own namespace, leads there, and has rights in the one that it looks at, and no others.</summary>
    [Fact]
    public async Task NamespacedOperator_OfAnotherNamespace_RunsWhatIsThere()
    {
        string[] scope = ["--set", "scope.namespaced=true", "--set", "scope.namespace=default"];
        await node.KubectlAsync("delete", "clusterroles,clusterrolebindings", "-l", "app.kubernetes.io/part-of=bulkhead");
        await node.ChartAsync("install", scope);

        (await node.ChartAsync("test", scope)).ShouldContain("Succeeded");

        await node.KubectlAsync("delete", "roles,rolebindings", "-n", "default", "-l", "app.kubernetes.io/part-of=bulkhead");
    }

    /// <summary>Applied again, then without one of the two (pruned): what was finished is not run again, what was removed is released and goes.</summary>
    [Fact]
    public async Task SyncFromGit_OfFinishedExecutions_NeverRunsThemAgain()
    {
        await node.InstallAsync();
        var manifest = Executions.Of("from-git", "return {}", ", annotations: {argocd.argoproj.io/tracking-id: x}", "\n  ttlSecondsAfterFinished: 1");
        await node.ApplyAsync(manifest);
        await node.KubectlAsync("wait", "--for=condition=Succeeded", "wfx/from-git", "--timeout=60s");
        var before = (await node.GetAsync("wfx", "from-git", "default"))!;
        await node.UntilAsync(async () => (await node.ListAsync("pods", "-l", "bulkhead.dev/execution=from-git")).Count == 0, TimeSpan.FromSeconds(30), "TTL takes the pod");

        var other = manifest.Replace("from-git", "other", StringComparison.Ordinal);
        await node.ApplyAsync(manifest + other);
        await node.KubectlAsync("wait", "--for=condition=Succeeded", "wfx/other", "--timeout=60s");

        var after = (await node.GetAsync("wfx", "from-git", "default"))!;
        ((string?)after["metadata"]!["uid"]).ShouldBe((string?)before["metadata"]!["uid"], "TTL deletes nothing that Git would make again");
        after["status"]!["completionTime"]!.ToJsonString().ShouldBe(before["status"]!["completionTime"]!.ToJsonString());
        ((int)after["status"]!["attempt"]!).ShouldBe(1);

        // What a prune is to the server: the one is applied again, the other deleted.
        await node.ApplyAsync(manifest);
        await node.KubectlAsync("delete", "wfx/other", "--wait=false");
        await node.UntilAsync(async () => await node.GetAsync("wfx", "other", "default") is null, TimeSpan.FromSeconds(30), "what Git no longer names is released and goes");

        (await node.GetAsync("wfx", "from-git", "default"))!["status"]!.ToJsonString().ShouldBe(after["status"]!.ToJsonString(), "and what it still names stays finished");
        (await node.ListAsync("pods,configmaps", "-l", "bulkhead.dev/execution=other")).ShouldAllBe(o => o["metadata"]!["finalizers"] == null);
        await node.KubectlAsync("delete", "wfx", "from-git", "--timeout=30s");
    }

    [GeneratedRegex("<!-- typed by a test -->\n```\n(?<lines>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
