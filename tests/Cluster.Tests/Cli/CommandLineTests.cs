using System.Text.Json;
using Bulkhead.Api.Resources;
using Bulkhead.Cluster.Tests.Clusters;
using Bulkhead.Cluster.Tests.Executions;
using Bulkhead.Kubernetes.Entities;
using k8s.Models;

namespace Bulkhead.Cluster.Tests.Cli;

/// <summary>The real <c>bulkhead</c> against a real server and real pods, by people who have the users' roles and nothing else.</summary>
[Collection(NodeCollection.Name)]
public sealed class CommandLineTests(ExecutionCluster cluster)
{
    [Fact]
    public async Task Examples_OfTheDocument_DoWhatItSays()
    {
        var ns = await cluster.NamespaceAsync("cli");
        await using var app = await RunningOperator.StartAsync(cluster, ns);
        using var person = await Person.WithRolesAsync(cluster, ns, "alice", ["bulkhead-edit"], ["bulkhead-view", "bulkhead-doctor"]);

        foreach (var example in Example.All) example.Fault(await person.SayAsync(example.Command)).ShouldBeNull();

        var commands = (await person.SayAsync("bulkhead --help")).Output.Split("Commands:\n")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim().Split(' ')[0]).ToList();
        commands.Count.ShouldBeGreaterThan(15);
        foreach (var command in commands) Example.All.ShouldContain(e => e.Command.Contains($"bulkhead {command}", StringComparison.Ordinal), $"docs/cli.md has no example of {command}");
    }

    [Fact]
    public async Task Viewer_LooksAtEverythingAndWritesNothing()
    {
        var ns = await cluster.NamespaceAsync("cli");
        await using var app = await RunningOperator.StartAsync(cluster, ns);
        await cluster.KubectlAsync(["-n", ns, "apply", "-f", Path.Combine(ApiServer.Root, "examples", "execution.yaml")]);
        await cluster.KubectlAsync(["-n", ns, "wait", "--for=condition=Succeeded", "wfx/hello", "--timeout=60s"]);
        using var person = await Person.WithRolesAsync(cluster, ns, "eve", ["bulkhead-view"], []);

        foreach (var line in (string[])["bulkhead get hello", "bulkhead list", "bulkhead describe hello", "bulkhead logs hello", $"bulkhead top -n {ns}"])
        {
            var said = await person.SayAsync(line);
            (said.ExitCode, said.Output.Length > 0).ShouldBe((0, true), $"{line}: {said.Error}");
        }

        var refused = await person.SayAsync("bulkhead submit examples/execution.yaml --name mine");
        refused.ExitCode.ShouldBe(3);
        refused.Error.ShouldContain($"may not create workflowexecutions in namespace {ns}. Ask for the role bulkhead-edit: kubectl create rolebinding");
        (await person.SayAsync("bulkhead terminate hello")).ExitCode.ShouldBe(2, "it has ended, which is said before the right is asked for");
        (await person.SayAsync("bulkhead list -A")).Error.ShouldContain("in the whole cluster. Ask for the role bulkhead-view: kubectl create clusterrolebinding");
        var doctor = await person.SayAsync("bulkhead doctor");
        doctor.ExitCode.ShouldBe(1);
        doctor.Output.ShouldContain("Ask for the role bulkhead-doctor");
    }

    [Fact]
    public async Task Submit_Interrupted_LeavesTheExecutionRunning()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        using var person = await Person.WithRolesAsync(cluster, scenario.Namespace, "alice", ["bulkhead-edit"], []);
        using var submit = person.Start("exec bulkhead submit examples/pause.yaml --name endless --input seconds=600 --wait");
        (await submit.StandardError.ReadLineAsync()).ShouldBe($"endless created in namespace {scenario.Namespace}");
        await scenario.ReachesAsync("PodReady", "True", name: "endless");

        await Shell.RunAsync("kill", ["-INT", $"{submit.Id}"]);
        var said = await submit.StandardError.ReadToEndAsync();
        await submit.WaitForExitAsync();

        submit.ExitCode.ShouldBe(130);
        said.ShouldContain($"endless goes on in the cluster. See it: bulkhead get endless -n {scenario.Namespace}");
        (await scenario.ReadAsync("endless")).Status!.Phase.ShouldBe("Running");
        (await person.SayAsync("bulkhead describe endless")).Output.ShouldContain("wait  Running");
        (await person.SayAsync("bulkhead terminate endless")).ExitCode.ShouldBe(0);
        (await person.SayAsync("bulkhead logs endless -f")).Output.ShouldContain("second 1 of 600");
        (await scenario.ReadAsync("endless")).Status!.Phase.ShouldBe("Cancelled", "logs -f ends with the execution");
    }

    [Fact]
    public async Task Submit_WorkflowThatFails_EndsWithTheCodeOfRunAndIsRunAgain()
    {
        var scenario = await Scenario.CreateAsync(cluster);
        await using var app = await RunningOperator.StartAsync(cluster, scenario.Namespace);
        using var person = await Person.WithRolesAsync(cluster, scenario.Namespace, "alice", ["bulkhead-edit"], []);

        var failed = await person.SayAsync("""echo '{name: fails, nodes: [{name: one, run: "error(\"no luck\")"}]}' | bulkhead submit - --name fails --wait""");

        failed.ExitCode.ShouldBe(1, failed.Error);
        failed.Output.ShouldContain("NodeFailed: ");
        var described = (await person.SayAsync("bulkhead describe fails")).Output;
        foreach (var part in new[] { "Ended:", "one  Failed", "no luck" }) described.ShouldContain(part);
        (await person.SayAsync("bulkhead get fails -o json | grep -c '\"phase\": \"Failed\"'")).Output.Trim().ShouldBe("1");

        (await person.SayAsync("bulkhead retry fails")).ExitCode.ShouldBe(0);
        await Eventually.TrueAsync(
            async () => (await scenario.ReadAsync("fails")).Status is { Attempt: 2, CompletionTime: not null, PastRuns: [{ Attempt: 1, Phase: "Failed" }] },
            TimeSpan.FromSeconds(60), () => "it was not run again");
    }

    [Fact]
    public async Task Doctor_WithoutAnOperator_FindsTheUnseenAndTheOrphaned()
    {
        var ns = await cluster.NamespaceAsync("cli");
        using var person = await Person.WithRolesAsync(cluster, ns, "root", [], ["bulkhead-view", "bulkhead-doctor"]);
        await cluster.Client.CreateAsync(new WorkflowExecutionEntity
        {
            Metadata = new V1ObjectMeta { Name = "unseen", NamespaceProperty = ns },
            Spec = new WorkflowExecutionSpec { Workflow = JsonElement.Parse("{}") },
        });
        await cluster.Client.CreateAsync(new V1ConfigMap
        {
            Metadata = new V1ObjectMeta { Name = "left", NamespaceProperty = ns, Finalizers = ["bulkhead.dev/fence"], Labels = new Dictionary<string, string> { ["bulkhead.dev/execution-uid"] = "gone" } },
        });

        var doctor = await person.SayAsync($"bulkhead doctor -n {ns} --lag 0 -o json");

        doctor.ExitCode.ShouldBe(1);
        var found = JsonElement.Parse(doctor.Output).EnumerateArray().Where(f => f.GetProperty("state").GetString() == "wrong")
            .Select(f => $"{f.GetProperty("check").GetString()}: {f.GetProperty("found").GetString()}").ToList();
        found.ShouldContain($"orphans: ConfigMap {ns}/left is fenced, and its execution is gone");
        found.ShouldContain(f => f.StartsWith($"lag: {ns}/unseen was created ", StringComparison.Ordinal));
        await cluster.KubectlAsync(["-n", ns, "patch", "configmap", "left", "--type=merge", "-p", """{"metadata":{"finalizers":null}}"""]);
    }
}
